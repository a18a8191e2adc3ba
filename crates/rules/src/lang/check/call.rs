//! Functions.

use super::super::ast::{Kind, Node};
use super::super::pattern::Pattern;
use super::super::suggest::with_suggestion;
use super::super::typed::{Bool, Int, Lookup, Search, Text};
use super::super::{Fault, fold};
use super::{Checker, ListName, Typed, operator, type_name};

/// A function of the language, for documents and suggestions.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Function {
    pub(in super::super) name: &'static str,
    pub(in super::super) form: &'static str,
    pub(in super::super) meaning: &'static str,
}

const fn function(name: &'static str, form: &'static str, meaning: &'static str) -> Function {
    Function { name, form, meaning }
}

pub(in super::super) const FUNCTIONS: [Function; 11] = [
    function("has", "has(name)", "bool: whether a fact, window or custom field is known"),
    function("size", "size(text), size(set)", "int: characters of a text, texts of a set"),
    function("contains", "text.contains(part)", "bool: the text holds the part"),
    function("startsWith", "text.startsWith(part)", "bool: the text starts with the part"),
    function("endsWith", "text.endsWith(part)", "bool: the text ends with the part"),
    function(
        "matches",
        "text.matches(\"pattern\")",
        "bool: the regular expression matches somewhere in the text",
    ),
    function("lowerAscii", "text.lowerAscii()", "text: A to Z in lower case"),
    function("int", "int(text)", "int: the number a text spells, unknown when it spells none"),
    function("inList", "inList(text, \"list\")", "bool: the text is an entry of the list"),
    function("containsAny", "containsAny(text, \"list\")", "bool: the text holds an entry"),
    function(
        "sets.intersects",
        "sets.intersects(set, [\"a\", \"b\"])",
        "bool: the set holds one of the texts",
    ),
];

/// How `sets.intersects` is read: as the method `intersects` of a name `sets`.
const SETS: &str = "sets";

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        at: usize,
        function: &str,
        arguments: &[Node],
    ) -> Result<Typed, Fault> {
        if let [Node { kind: Kind::Name(receiver), at }, rest @ ..] = arguments
            && receiver == SETS
        {
            return self.call_sets(*at, function, rest);
        }
        match function {
            "has" => self.has(at, arguments).map(Typed::Bool),
            "size" => self.size(at, arguments).map(Typed::Int),
            "contains" => self.search(at, Search::Contains, function, arguments),
            "startsWith" => self.search(at, Search::StartsWith, function, arguments),
            "endsWith" => self.search(at, Search::EndsWith, function, arguments),
            "matches" => self.matches(at, arguments).map(Typed::Bool),
            "lowerAscii" => {
                let [text] = operands(at, function, arguments)?;
                Ok(Typed::Text(fold::lower(self.text(text, "`lowerAscii`")?)))
            }
            "int" => {
                let [text] = operands(at, function, arguments)?;
                Ok(Typed::Int(Int::Parsed(self.text(text, "`int`")?)))
            }
            "inList" => self.in_list(at, Lookup::Exact, function, arguments),
            "containsAny" => self.in_list(at, Lookup::Part, function, arguments),
            unknown => Err(unknown_function(at, unknown)),
        }
    }

    fn call_sets(&mut self, at: usize, name: &str, arguments: &[Node]) -> Result<Typed, Fault> {
        if name != "intersects" {
            return Err(unknown_function(at, &format!("{SETS}.{name}")));
        }
        let [set, list] = operands(at, "sets.intersects", arguments)?;
        let Typed::Texts(fact) = self.typed(set)? else {
            return Err(Fault::new(
                set.at,
                "`sets.intersects` needs a set of texts such as `user.countries` first",
            ));
        };
        let Kind::List(items) = &list.kind else {
            return Err(Fault::new(
                list.at,
                "`sets.intersects` needs a list such as [\"a\", \"b\"] second",
            ));
        };
        Ok(Typed::Bool(Bool::Intersects(fact, operator::texts(items)?)))
    }

    fn has(&mut self, at: usize, arguments: &[Node]) -> Result<Bool, Fault> {
        let [operand] = operands(at, "has", arguments)?;
        let Kind::Name(name) = &operand.kind else {
            return Err(Fault::new(
                operand.at,
                "`has` needs the name of a fact, window or custom field",
            ));
        };
        self.scope.find(operand.at, name).map(Bool::Has)
    }

    fn size(&mut self, at: usize, arguments: &[Node]) -> Result<Int, Fault> {
        let [operand] = operands(at, "size", arguments)?;
        match self.typed(operand)? {
            Typed::Text(Text::Constant(text)) => {
                let characters = i64::try_from(text.chars().count());
                Ok(Int::Constant(characters.unwrap_or(i64::MAX)))
            }
            Typed::Text(text) => Ok(Int::Size(text)),
            Typed::Texts(fact) => Ok(Int::SizeOfSet(fact)),
            other @ (Typed::Bool(_) | Typed::Int(_)) => {
                let found = type_name(&other);
                let message = format!("`size` needs text or a set of texts, this is {found}");
                Err(Fault::new(operand.at, message))
            }
        }
    }

    fn search(
        &mut self,
        at: usize,
        search: Search,
        function: &str,
        arguments: &[Node],
    ) -> Result<Typed, Fault> {
        let [text, part] = operands(at, function, arguments)?;
        let whose = format!("`{function}`");
        let (text, part) = (self.text(text, &whose)?, self.text(part, &whose)?);
        Ok(Typed::Bool(fold::plain(Bool::Search(search, text, part))))
    }

    fn matches(&mut self, at: usize, arguments: &[Node]) -> Result<Bool, Fault> {
        let [text, pattern] = operands(at, "matches", arguments)?;
        let text = self.text(text, "`matches`")?;
        let Kind::Text(written) = &pattern.kind else {
            return Err(Fault::new(pattern.at, "`matches` needs a pattern in quotes"));
        };
        let compiled =
            Pattern::compile(written).map_err(|message| Fault::new(pattern.at, message))?;
        self.patterns += 1;
        Ok(fold::plain(Bool::Matches(text, compiled)))
    }

    fn in_list(
        &mut self,
        at: usize,
        lookup: Lookup,
        function: &str,
        arguments: &[Node],
    ) -> Result<Typed, Fault> {
        let [text, list] = operands(at, function, arguments)?;
        let text = self.text(text, &format!("`{function}`"))?;
        let Kind::Text(name) = &list.kind else {
            let message = format!("`{function}` needs the name of a list in quotes");
            return Err(Fault::new(list.at, message));
        };
        self.lists.push(ListName { at: list.at, name: name.clone() });
        Ok(Typed::Bool(Bool::InList(lookup, text, name.as_str().into())))
    }
}

fn operands<'n, const N: usize>(
    at: usize,
    function: &str,
    found: &'n [Node],
) -> Result<&'n [Node; N], Fault> {
    found.try_into().map_err(|_| {
        let message = format!("`{function}` needs {N} operands, found {}", found.len());
        Fault::new(at, message)
    })
}

fn unknown_function(at: usize, name: &str) -> Fault {
    let known = FUNCTIONS.iter().map(|function| function.name);
    let suggested = with_suggestion(format!("unknown function `{name}`"), name, known);
    if suggested.ends_with('?') {
        return Fault::new(at, suggested);
    }
    let forms = FUNCTIONS.map(|function| function.form).join(", ");
    Fault::new(at, format!("{suggested}, known are {forms}"))
}
