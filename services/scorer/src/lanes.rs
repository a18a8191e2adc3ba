//! Which lane serves which queues. There are as many lanes as transactions at once: more would only
//! wait for each other, and one transaction of many shards costs less than one of each.

use std::sync::Arc;
use std::time::Duration;

use innerwall_broker::{DECIDE_SHARDS, SHARDS, depth};

use crate::app::App;
use crate::dead;
use crate::lane::{self, Lane, Purpose};

/// Messages delivered ahead per shard: also what is in doubt when the process dies.
const PREFETCH: u16 = 48;

/// Opens the suspect lane first and the others once it is empty: while an event that kills
/// scorers is being found, no other may be in flight.
pub(crate) async fn open(app: Arc<App>, (events_max, decide_max): (usize, usize)) {
    let suspect = app.broker.topology().suspect();
    let lane =
        |queues, prefetch, purpose| lane::run(Arc::clone(&app), Lane { queues, prefetch, purpose });
    app.lifecycle.spawn("suspect lane", lane(vec![suspect.clone()], 1, Purpose::Events));
    while !matches!(depth(&app.broker, &suspect).await, Ok(0)) {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
            () = app.lifecycle.stopping() => return,
        }
    }
    app.lifecycle.spawn("dead lane", dead::run(Arc::clone(&app)));
    let topology = app.broker.topology();
    let events: Vec<String> = (0..SHARDS).map(|shard| topology.events(shard)).collect();
    for queues in shares(events, events_max) {
        app.lifecycle.spawn("events lane", lane(queues, PREFETCH, Purpose::Events));
    }
    let decide: Vec<String> = (0..DECIDE_SHARDS).map(|shard| topology.decide(shard)).collect();
    for queues in shares(decide, decide_max) {
        app.lifecycle.spawn("decide lane", lane(queues, PREFETCH, Purpose::Decide));
    }
    app.lifecycle.stopping().await;
}

/// Queues, shared out among at most so many lanes.
fn shares(queues: Vec<String>, lanes: usize) -> Vec<Vec<String>> {
    let lanes = lanes.clamp(1, queues.len());
    let mut shares = vec![Vec::new(); lanes];
    for (number, queue) in queues.into_iter().enumerate() {
        shares[number % lanes].push(queue);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_queue_is_in_one_lane() {
        let queues: Vec<String> = (0..5).map(|queue| queue.to_string()).collect();
        for (lanes, expected) in [
            (0, vec![vec!["0", "1", "2", "3", "4"]]),
            (2, vec![vec!["0", "2", "4"], vec!["1", "3"]]),
            (9, vec![vec!["0"], vec!["1"], vec!["2"], vec!["3"], vec!["4"]]),
        ] {
            assert_eq!(shares(queues.clone(), lanes), expected, "{lanes} lanes");
        }
    }
}
