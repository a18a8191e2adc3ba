//! `innerwall-ctl`: the operator's command line.

mod bench;
mod commands;
mod context;
mod load;
mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{
    audit, block, data, dead, entities, explain, key, lists, migrate, people, raw_insert, replay,
    rules, sizes, tenant, token, url,
};
use context::Context;

/// Runs and looks after an Innerwall system.
///
/// Reads `INNERWALL_DATABASE_URL` (the owner's) and `INNERWALL_AMQP_URL`.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the database schema up to date.
    Migrate,
    /// Tenants.
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// Print a token with which the first owner of a tenant signs up.
    SetupToken(people::Setup),
    /// People who sign in.
    #[command(subcommand)]
    Operator(people::Command),
    /// Who did what.
    #[command(subcommand)]
    Audit(audit::Command),
    /// API keys, with which producers send events.
    #[command(subcommand)]
    Key(key::Command),
    /// API tokens, with which machines read.
    #[command(subcommand)]
    Token(token::Command),
    /// Rule packs in files, and the rule set of a tenant.
    #[command(subcommand)]
    Rules(rules::Command),
    /// Texts that rules look up.
    #[command(subcommand)]
    Lists(lists::Command),
    /// Why a user or an event has its verdict.
    #[command(subcommand)]
    Explain(explain::Command),
    /// What users touch, as it is kept for reading.
    #[command(subcommand)]
    Entities(entities::Command),
    /// The files that enrichment reads.
    #[command(subcommand)]
    Data(data::Command),
    /// Events that could not be scored.
    #[command(subcommand)]
    Dead(dead::Command),
    /// The blocklist.
    #[command(subcommand)]
    Block(block::Command),
    /// Score stored events again and report any difference to what is stored.
    Replay(replay::Arguments),
    /// Send realistic traffic, with attacks in it.
    Load(load::LoadOptions),
    /// Measure a whole system on this machine.
    Bench(bench::Arguments),
    /// Print the database address of a service role.
    Url(url::Arguments),
    /// Print how much room each table takes.
    Sizes(sizes::Arguments),
    /// Measure how fast event rows can be stored, without anything else.
    RawInsert(raw_insert::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command).await {
        Ok(code) => code,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let context = Context::from_environment;
    match command {
        Command::Rules(command) => return rules::run(command).await,
        Command::SetupToken(setup) => people::setup(&context()?, setup).await?,
        Command::Operator(command) => people::run(&context()?, command).await?,
        Command::Audit(command) => return audit::run(&context()?, command).await,
        Command::Lists(command) => lists::run(&context()?, command).await?,
        Command::Explain(command) => explain::run(&context()?, command).await?,
        Command::Entities(command) => entities::run(&context()?, command).await?,
        Command::Data(command) => return data::run(&command),
        Command::Load(options) => output::json(&load::run(options).await?)?,
        Command::Bench(arguments) => bench::run(arguments).await?,
        Command::Replay(arguments) => return replay::run(&context()?, arguments).await,
        Command::Migrate => migrate::run(&context()?).await?,
        Command::Tenant(command) => tenant::run(&context()?, command).await?,
        Command::Key(command) => key::run(&context()?, command).await?,
        Command::Token(command) => token::run(&context()?, command).await?,
        Command::Dead(command) => dead::run(&context()?, command).await?,
        Command::Block(command) => block::run(&context()?, command).await?,
        Command::Url(arguments) => url::run(&context()?, &arguments)?,
        Command::Sizes(arguments) => sizes::run(&context()?, &arguments).await?,
        Command::RawInsert(arguments) => raw_insert::run(&context()?, &arguments).await?,
    }
    Ok(ExitCode::SUCCESS)
}
