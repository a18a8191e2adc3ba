//! Happy paths, and how the system answers to mistakes, in the words of its users.

mod blacklist;
mod care;
mod clients;
mod dead_letters;
mod decide;
mod decide_late;
mod deciding;
mod entities;
mod entities_grpc;
mod envelope;
mod governance;
mod grpc;
mod ingest_grpc;
mod keys;
mod login;
mod onboard;
mod reading;
mod repeats;
mod replay;
mod rule_packs;
mod rule_set;
mod rules_grpc;
mod settings;
mod stream;
mod trace;
mod tracker;
