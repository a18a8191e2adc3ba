//! The tree of an expression as written, before types are known.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Binary {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::And => "&&",
            Self::Or => "||",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

/// A node and the byte it starts at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Node>),
    /// A dotted name.
    Name(String),
    /// A function, or a method whose receiver is the first argument.
    Call(String, Vec<Node>),
    Not(Box<Node>),
    Negate(Box<Node>),
    Binary(Binary, Box<Node>, Box<Node>),
    /// `condition ? value : other value`
    Choose(Box<Node>, Box<Node>, Box<Node>),
}

impl Node {
    pub(super) fn node_count(&self) -> usize {
        1 + match &self.kind {
            Kind::Bool(_) | Kind::Int(_) | Kind::Text(_) | Kind::Name(_) => 0,
            Kind::List(items) | Kind::Call(_, items) => items.iter().map(Self::node_count).sum(),
            Kind::Not(inner) | Kind::Negate(inner) => inner.node_count(),
            Kind::Binary(_, left, right) => left.node_count() + right.node_count(),
            Kind::Choose(condition, left, right) => {
                condition.node_count() + left.node_count() + right.node_count()
            }
        }
    }
}
