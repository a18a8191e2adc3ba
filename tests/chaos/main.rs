//! Processes and servers are killed, stopped and restarted under load. Each test ends with the
//! same question: is every accepted event there, once, and counted?

mod broker_away;
mod broker_killed;
mod database_away;
mod decide_killed;
mod deciding;
mod drain;
mod gateway_killed;
mod handover;
mod scorer_killed;
mod two_scorers;
