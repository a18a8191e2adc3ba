//! One module per command.

pub(crate) mod audit;
pub(crate) mod block;
pub(crate) mod data;
pub(crate) mod dead;
pub(crate) mod entities;
pub(crate) mod explain;
pub(crate) mod key;
pub(crate) mod lists;
pub(crate) mod migrate;
pub(crate) mod people;
mod publish;
pub(crate) mod raw_insert;
pub(crate) mod replay;
pub(crate) mod rules;
pub(crate) mod sizes;
pub(crate) mod tenant;
pub(crate) mod token;
pub(crate) mod url;
