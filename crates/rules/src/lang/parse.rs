//! Tokens into a tree, by precedence climbing.

use super::ast::{Binary, Kind, Node};
use super::token::{Token, tokens};
use super::{DEPTH_MAX, Fault};

pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0 };
    let node = parser.conditional()?;
    match parser.peek() {
        (_, Token::End) => Ok(node),
        (at, token) => Err(Fault::new(*at, format!("unexpected {} after the end", name(token)))),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
}

/// Operators and how tightly they bind; all are left-associative.
const OPERATORS: [(&str, u8, Binary); 13] = [
    ("||", 1, Binary::Or),
    ("&&", 2, Binary::And),
    ("==", 3, Binary::Equal),
    ("!=", 3, Binary::NotEqual),
    ("<", 3, Binary::Less),
    ("<=", 3, Binary::LessOrEqual),
    (">", 3, Binary::Greater),
    (">=", 3, Binary::GreaterOrEqual),
    ("+", 4, Binary::Add),
    ("-", 4, Binary::Subtract),
    ("*", 5, Binary::Multiply),
    ("/", 5, Binary::Divide),
    ("%", 5, Binary::Remainder),
];

impl Parser {
    fn peek(&self) -> &(usize, Token) {
        // The last token is always `End` and is never passed.
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    fn take(&mut self) -> (usize, Token) {
        let taken = self.peek().clone();
        self.next += 1;
        taken
    }

    fn takes(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), (_, Token::Sign(next)) if *next == sign);
        self.next += usize::from(found);
        found
    }

    fn must_take(&mut self, sign: &str) -> Result<(), Fault> {
        if self.takes(sign) {
            return Ok(());
        }
        let (at, token) = self.peek();
        Err(Fault::new(*at, format!("expected `{sign}`, found {}", name(token))))
    }

    /// An expression, or a choice between two.
    fn conditional(&mut self) -> Result<Node, Fault> {
        let condition = self.expression(0)?;
        let at = self.peek().0;
        if !self.takes("?") {
            return Ok(condition);
        }
        self.go_deeper()?;
        let chosen = self.conditional()?;
        self.must_take(":")?;
        let other = self.conditional()?;
        self.depth -= 1;
        let kind = Kind::Choose(Box::new(condition), Box::new(chosen), Box::new(other));
        Ok(Node { at, kind })
    }

    fn go_deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let message = format!("nested deeper than {DEPTH_MAX} levels");
            return Err(Fault::new(self.peek().0, message));
        }
        Ok(())
    }

    fn expression(&mut self, tightest: u8) -> Result<Node, Fault> {
        self.go_deeper()?;
        let mut left = self.prefixed()?;
        while let Some((binding, operator)) = self.operator() {
            if binding <= tightest {
                break;
            }
            let (at, _) = self.take();
            let right = self.expression(binding)?;
            left = Node { at, kind: Kind::Binary(operator, Box::new(left), Box::new(right)) };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operator(&self) -> Option<(u8, Binary)> {
        match &self.peek().1 {
            Token::Name(word) if word == "in" => Some((3, Binary::In)),
            Token::Sign(sign) => {
                let row = OPERATORS.iter().find(|row| row.0 == *sign)?;
                Some((row.1, row.2))
            }
            Token::Name(_) | Token::Int(_) | Token::Text(_) | Token::End => None,
        }
    }

    fn prefixed(&mut self) -> Result<Node, Fault> {
        let (at, _) = *self.peek();
        if self.takes("!") {
            let inner = self.nested_prefix()?;
            return Ok(Node { at, kind: Kind::Not(Box::new(inner)) });
        }
        if self.takes("-") {
            let inner = self.nested_prefix()?;
            return Ok(Node { at, kind: Kind::Negate(Box::new(inner)) });
        }
        self.operand()
    }

    fn nested_prefix(&mut self) -> Result<Node, Fault> {
        self.go_deeper()?;
        let inner = self.prefixed()?;
        self.depth -= 1;
        Ok(inner)
    }

    fn operand(&mut self) -> Result<Node, Fault> {
        let (at, token) = self.take();
        let kind = match token {
            Token::Int(number) => Kind::Int(number),
            Token::Text(text) => {
                return self.methods(Node { at, kind: Kind::Text(text) });
            }
            Token::Name(word) if word == "true" => Kind::Bool(true),
            Token::Name(word) if word == "false" => Kind::Bool(false),
            Token::Name(word) => return self.named(at, word),
            Token::Sign("(") => {
                let inner = self.conditional()?;
                self.must_take(")")?;
                return self.methods(inner);
            }
            Token::Sign("[") => Kind::List(self.arguments("]")?),
            Token::Sign(_) | Token::End => {
                return Err(Fault::new(at, format!("expected a value, found {}", name(&token))));
            }
        };
        Ok(Node { at, kind })
    }

    /// A fact, a function call, or a fact followed by methods.
    fn named(&mut self, at: usize, first: String) -> Result<Node, Fault> {
        if self.takes("(") {
            let arguments = self.arguments(")")?;
            return self.methods(Node { at, kind: Kind::Call(first, arguments) });
        }
        let mut path = first;
        while let Some(step) = self.plain_step() {
            self.next += 2;
            path = format!("{path}.{step}");
        }
        self.methods(Node { at, kind: Kind::Name(path) })
    }

    /// `.name` that is not the start of a method call.
    fn plain_step(&self) -> Option<String> {
        let token = |offset: usize| self.tokens.get(self.next + offset).map(|(_, token)| token);
        match (token(0)?, token(1)?, token(2)) {
            (Token::Sign("."), Token::Name(_), Some(Token::Sign("("))) => None,
            (Token::Sign("."), Token::Name(step), _) => Some(step.clone()),
            _ => None,
        }
    }

    fn methods(&mut self, receiver: Node) -> Result<Node, Fault> {
        let mut node = receiver;
        while self.takes(".") {
            let (at, token) = self.take();
            let Token::Name(method) = token else {
                return Err(Fault::new(at, format!("expected a name, found {}", name(&token))));
            };
            self.must_take("(")?;
            let mut arguments = self.arguments(")")?;
            arguments.insert(0, node);
            node = Node { at, kind: Kind::Call(method, arguments) };
        }
        Ok(node)
    }

    fn arguments(&mut self, close: &str) -> Result<Vec<Node>, Fault> {
        let mut items = Vec::new();
        if self.takes(close) {
            return Ok(items);
        }
        loop {
            items.push(self.conditional()?);
            if !self.takes(",") {
                self.must_take(close)?;
                return Ok(items);
            }
        }
    }
}

fn name(token: &Token) -> String {
    match token {
        Token::Name(word) => format!("`{word}`"),
        Token::Int(number) => format!("`{number}`"),
        Token::Text(_) => "a text".to_owned(),
        Token::Sign(sign) => format!("`{sign}`"),
        Token::End => "the end".to_owned(),
    }
}
