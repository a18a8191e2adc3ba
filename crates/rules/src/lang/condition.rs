//! Checked expressions, ready to be evaluated.

use std::collections::BTreeSet;
use std::sync::Arc;

use innerwall_features::{Fact, Facts, Value};

use super::canonical::Canonical;
use super::check::{Checker, ListName};
use super::cost::cost_of;
use super::eval::{Gap, Walk};
use super::event_types::event_types_of;
use super::inputs::{Budget, Inputs, Missing, Truth};
use super::probe::probes_of;
use super::scope::Scope;
use super::typed::{Bool, Int};
use super::walk::{Part, Read, reads_of, sought_in, windows_of};
use super::{
    COST_MAX, EXPRESSION_BYTES_MAX, ExpressionError, Fault, NODES_MAX, ast, parse, position,
};

/// A list that an expression names, and where in the expression it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListUse {
    pub name: String,
    pub line: usize,
    pub column: usize,
}

/// A checked condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    tree: Bool,
    about: About,
}

/// A checked expression of type int.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    tree: Int,
    about: About,
}

/// What is known of an expression without evaluating it.
#[derive(Clone, Debug, PartialEq)]
struct About {
    cost: u32,
    patterns: usize,
    lists: Vec<ListUse>,
    /// Slot in the rule set by number of the window within its pack.
    slots: Arc<[u16]>,
}

impl Condition {
    /// Reads and checks an expression over facts; it must be of type bool.
    pub fn compile(text: &str) -> Result<Self, ExpressionError> {
        Self::compile_in(text, Scope::Rule(&[]))
    }

    pub(crate) fn compile_in(text: &str, scope: Scope<'_>) -> Result<Self, ExpressionError> {
        let node = read(text)?;
        let mut checker = Checker::new(scope);
        let tree = checker.bool(&node, "a condition").map_err(|fault| fault.located(text))?;
        let about = About::of(text, Part::Bool(&tree), &checker)?;
        Ok(Self { tree, about })
    }

    /// The condition that always holds.
    pub(crate) fn always() -> Self {
        let about = About { cost: 1, patterns: 0, lists: Vec::new(), slots: Arc::new([]) };
        Self { tree: Bool::Constant(true), about }
    }

    /// Whether the condition holds for these facts and nothing else.
    pub fn eval(&self, facts: &Facts) -> Truth {
        self.judge(&Inputs::of_facts(facts), &mut Budget::default())
    }

    /// Whether the condition holds, within the steps the event has left.
    pub fn judge(&self, inputs: &Inputs<'_>, budget: &mut Budget) -> Truth {
        if budget.left() == 0 {
            return Truth::Skipped;
        }
        let mut walk = Walk::new(inputs, &self.about.slots);
        let found = walk.bool(&self.tree);
        if !budget.take(walk.steps) {
            return Truth::Skipped;
        }
        found.map_or_else(|gap| Truth::Unknown(gap.into()), Truth::from)
    }

    /// Steps of evaluating every part: no evaluation takes more.
    pub fn cost(&self) -> u32 {
        self.about.cost
    }

    /// The facts the condition reads, each once, in the order they are first read.
    pub fn facts(&self) -> Vec<Fact> {
        let fact = |read| if let Read::Fact(fact) = read { Some(fact) } else { None };
        self.reads().into_iter().filter_map(fact).collect()
    }

    /// Everything the condition reads, each once, in the order it is first read.
    pub fn reads(&self) -> Vec<Read> {
        reads_of(Part::Bool(&self.tree))
    }

    /// The texts that the condition looks for in a fact that is a set.
    pub fn sought_in(&self, set: Fact) -> Vec<Box<str>> {
        sought_in(Part::Bool(&self.tree), set)
    }

    /// Values worth trying for what the condition reads: those it compares with, and beside them.
    pub fn probes(&self) -> Vec<(Read, Value)> {
        probes_of(Part::Bool(&self.tree))
    }

    /// The lists the condition names, with their places.
    pub fn lists(&self) -> &[ListUse] {
        &self.about.lists
    }

    /// The event types for which the condition can be true; `None` means any.
    pub fn event_types(&self) -> Option<BTreeSet<String>> {
        event_types_of(&self.tree)
    }

    /// What the condition always gives; `None` when it depends on the event.
    pub fn constant(&self) -> Option<bool> {
        if let Bool::Constant(holds) = self.tree { Some(holds) } else { None }
    }

    pub(crate) fn patterns(&self) -> usize {
        self.about.patterns
    }

    /// The one spelling of the condition.
    pub(crate) fn canonical(&self) -> String {
        let mut written = Canonical::default();
        written.bool(&self.tree);
        written.0
    }

    /// Says in which slots the windows of the pack are.
    pub(crate) fn place_windows(&mut self, slots: &Arc<[u16]>) {
        self.about.slots = Arc::clone(slots);
    }

    /// The slot of a window that the condition reads, by its name in the pack.
    pub fn window_slot(&self, name: &str) -> Option<usize> {
        let windows = windows_of(Part::Bool(&self.tree));
        let number = windows.into_iter().find(|window| *window.name == *name)?.number;
        self.about.slots.get(usize::from(number)).copied().map(usize::from)
    }

    /// Slots of the windows the condition reads.
    pub(crate) fn window_slots(&self) -> Vec<u16> {
        let numbers = windows_of(Part::Bool(&self.tree)).into_iter().map(|window| window.number);
        numbers.filter_map(|number| self.about.slots.get(usize::from(number)).copied()).collect()
    }
}

impl Expression {
    /// Reads and checks an expression of type int over what belongs to the event.
    pub(crate) fn compile(text: &str, scope: Scope<'_>) -> Result<Self, ExpressionError> {
        let node = read(text)?;
        let mut checker = Checker::new(scope);
        let tree = checker.int(&node, "a sum").map_err(|fault| fault.located(text))?;
        let about = About::of(text, Part::Int(&tree), &checker)?;
        Ok(Self { tree, about })
    }

    /// The value, or what kept it from being known.
    pub fn value(&self, inputs: &Inputs<'_>) -> Result<i64, Missing> {
        Walk::new(inputs, &self.about.slots).int(&self.tree).map_err(Missing::from)
    }

    pub fn cost(&self) -> u32 {
        self.about.cost
    }

    pub fn reads(&self) -> Vec<Read> {
        reads_of(Part::Int(&self.tree))
    }

    pub fn lists(&self) -> &[ListUse] {
        &self.about.lists
    }

    pub(crate) fn patterns(&self) -> usize {
        self.about.patterns
    }

    pub(crate) fn canonical(&self) -> String {
        let mut written = Canonical::default();
        written.int(&self.tree);
        written.0
    }
}

impl About {
    fn of(text: &str, tree: Part<'_>, checker: &Checker<'_>) -> Result<Self, ExpressionError> {
        let cost = cost_of(tree);
        if cost > COST_MAX {
            let message = format!("costs {cost} steps, the limit is {COST_MAX}");
            return Err(Fault::new(0, message).located(text));
        }
        let slots = windows_of(tree).into_iter().map(|window| window.number).max();
        let lists = checker.lists.iter().map(|list| list_use(text, list)).collect();
        // Until a rule set says otherwise, a window is in the slot of its number.
        let slots = slots.map_or_else(|| Arc::new([]) as Arc<[u16]>, |last| (0..=last).collect());
        Ok(Self { cost, patterns: checker.patterns, lists, slots })
    }
}

fn list_use(text: &str, list: &ListName) -> ListUse {
    let (line, column) = position(text, list.at);
    ListUse { name: list.name.clone(), line, column }
}

fn read(text: &str) -> Result<ast::Node, ExpressionError> {
    let refuse = |message| Err(Fault::new(0, message).located(text));
    if text.len() > EXPRESSION_BYTES_MAX {
        return refuse(format!("holds {} bytes, the limit is {EXPRESSION_BYTES_MAX}", text.len()));
    }
    let node = parse::parse(text).map_err(|fault| fault.located(text))?;
    let parts = node.node_count();
    if parts > NODES_MAX {
        return refuse(format!("holds {parts} parts, the limit is {NODES_MAX}"));
    }
    Ok(node)
}

impl From<Gap<'_>> for Missing {
    fn from(gap: Gap<'_>) -> Self {
        match gap {
            Gap::Fact(fact) => Self::Fact(fact),
            Gap::Window(name) => Self::Window(Arc::clone(name)),
            Gap::Custom(name) => Self::Custom(Arc::clone(name)),
            Gap::Arithmetic => Self::Arithmetic,
            Gap::Number => Self::Number,
        }
    }
}
