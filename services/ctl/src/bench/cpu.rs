//! Processor time by process, from `/proc`. Best effort: what cannot be found is left out and
//! named in the notes.

use std::collections::HashMap;
use std::fs;

use serde::Serialize;

use super::ctl::Ctl;

const POSTGRES_PORT: u16 = 5432;
const RABBITMQ_PORT: u16 = 5672;
/// Of nearly every Linux; `getconf CLK_TCK`.
const TICKS_PER_S: f64 = 100.0;
const LISTENING: &str = "0A";
/// Everything else on the machine: a number that is not small spoils all the others.
pub(super) const OTHERS: &str = "others";

/// Processor seconds of one part of the system.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Share {
    pub(super) part: &'static str,
    pub(super) seconds: f64,
}

/// Reads the processor time of all parts.
pub(super) struct Meter {
    services: Vec<(&'static str, u32)>,
    servers: Vec<(&'static str, u32)>,
}

/// Processor time of each part up to now.
pub(super) struct Reading(Vec<Share>);

/// One line of `/proc/<pid>/stat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Times {
    parent: u32,
    own: u64,
    /// Of children that ended and were waited for.
    ended_children: u64,
}

impl Meter {
    pub(super) fn new(ctl: &Ctl, services: Vec<(&'static str, u32)>) -> Self {
        Self { services, servers: servers(ctl) }
    }

    pub(super) fn read(&self) -> Reading {
        let processes = processes();
        let own = |id: u32| processes.get(&id).map_or(0, |times| times.own);
        let mut shares: Vec<Share> = Vec::new();
        let mut add = |part, ticks: u64| match shares.iter_mut().find(|known| known.part == part) {
            Some(known) => known.seconds += seconds(ticks),
            None => shares.push(Share { part, seconds: seconds(ticks) }),
        };
        add("load", own(std::process::id()));
        for (name, id) in &self.services {
            add(name, own(*id));
        }
        for (name, id) in &self.servers {
            add(name, of_tree(&processes, *id));
        }
        let known_s: f64 = shares.iter().map(|share| share.seconds).sum();
        let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
        shares.push(Share { part: OTHERS, seconds: seconds(busy_ticks(&stat)) - known_s });
        Reading(shares)
    }
}

impl Reading {
    /// What was used since an earlier reading of the same meter.
    pub(super) fn since(self, before: &Self) -> Vec<Share> {
        let since = |(now, then): (Share, &Share)| Share {
            part: now.part,
            seconds: (now.seconds - then.seconds).max(0.0),
        };
        self.0.into_iter().zip(&before.0).map(since).collect()
    }
}

/// Says what the processor times cover.
pub(super) fn notes(ctl: &Ctl) -> Vec<String> {
    let found = servers(ctl);
    let note = |name: &str| match found.iter().find(|(server, _)| *server == name) {
        Some((_, id)) => format!("CPU of {name}: process {id}, which listens, and all below it"),
        None => format!("CPU of {name} is not counted: no process of this machine was found"),
    };
    let mut notes = vec![note("postgres"), note("rabbitmq")];
    notes.push("CPU of load: the generator and this benchmark".to_owned());
    notes.push("CPU of others: the rest of the machine, not in the sum".to_owned());
    notes
}

/// The processes that listen where the URLs point to.
fn servers(ctl: &Ctl) -> Vec<(&'static str, u32)> {
    let find = |name, url, default_port| Some((name, listener(port_of(url, default_port))?));
    let postgres = find("postgres", ctl.database_url(), POSTGRES_PORT);
    let rabbitmq = find("rabbitmq", ctl.amqp_url(), RABBITMQ_PORT);
    postgres.into_iter().chain(rabbitmq).collect()
}

fn port_of(url: &str, default_port: u16) -> u16 {
    let uri: Option<hyper::Uri> = url.parse().ok();
    uri.and_then(|uri| uri.port_u16()).unwrap_or(default_port)
}

/// The oldest process with a listening socket on a port.
fn listener(port: u16) -> Option<u32> {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    let tables: String = tables.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let sockets: Vec<String> =
        tables.lines().filter_map(|line| listening_socket(line, port)).collect();
    process_ids().filter(|id| holds_any(*id, &sockets)).min()
}

/// `socket:[inode]` when the line of the table is of a socket that listens on the port.
fn listening_socket(line: &str, port: u16) -> Option<String> {
    let columns: Vec<&str> = line.split_whitespace().collect();
    let (_, local_port) = columns.get(1)?.rsplit_once(':')?;
    let is_it = local_port == format!("{port:04X}") && columns.get(3) == Some(&LISTENING);
    is_it.then(|| columns.get(9).map(|inode| format!("socket:[{inode}]")))?
}

fn holds_any(id: u32, sockets: &[String]) -> bool {
    let Ok(files) = fs::read_dir(format!("/proc/{id}/fd")) else {
        return false;
    };
    let targets = files.filter_map(|file| fs::read_link(file.ok()?.path()).ok());
    targets.into_iter().any(|target| sockets.iter().any(|socket| target.as_os_str() == &**socket))
}

fn process_ids() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

fn processes() -> HashMap<u32, Times> {
    let read =
        |id: u32| Some((id, Times::parse(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?));
    process_ids().filter_map(read).collect()
}

/// The time of a process and all below it, dead or alive.
fn of_tree(processes: &HashMap<u32, Times>, root: u32) -> u64 {
    let mut ticks = 0;
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        ticks += processes.get(&id).map_or(0, |times| times.own + times.ended_children);
        open.extend(processes.iter().filter(|(_, times)| times.parent == id).map(|(id, _)| *id));
    }
    ticks
}

impl Times {
    /// The name of the program may hold blanks and brackets; what follows it does not.
    fn parse(stat: &str) -> Option<Self> {
        let (_, rest) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let ticks = |index: usize| fields.get(index)?.parse::<u64>().ok();
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            own: ticks(11)? + ticks(12)?,
            ended_children: ticks(13)? + ticks(14)?,
        })
    }
}

/// What all processors did but idling and waiting for disks, from `/proc/stat`.
fn busy_ticks(stat: &str) -> u64 {
    const WORK: [usize; 5] = [1, 2, 3, 6, 7];
    let fields: Vec<&str> = stat.lines().next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: &usize| fields.get(*index)?.parse::<u64>().ok();
    WORK.iter().filter_map(ticks).sum()
}

#[expect(clippy::cast_precision_loss, reason = "a machine does not live for 2^52 ticks")]
fn seconds(ticks: u64) -> f64 {
    ticks as f64 / TICKS_PER_S
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_counts_the_living_and_the_dead() {
        let times = |parent, own, ended_children| Times { parent, own, ended_children };
        let processes = HashMap::from([
            (10, times(1, 5, 100)),
            (11, times(10, 7, 0)),
            (12, times(11, 1, 2)),
            (13, times(1, 999, 0)),
        ]);
        assert_eq!(of_tree(&processes, 10), 115);
    }

    #[test]
    fn idle_time_and_waiting_are_not_work() {
        assert_eq!(busy_ticks("cpu  100 20 3 5000 700 4 5 0 0 0\ncpu0 1 1 1 1"), 132);
    }

    #[test]
    fn a_line_of_stat_is_read_past_the_name() {
        let stat = "42 (a) b (c)) S 7 42 42 0 -1 4194560 1 2 3 4 50 60 70 80 20 0 1";
        assert_eq!(Times::parse(stat), Some(Times { parent: 7, own: 110, ended_children: 150 }));
    }

    #[test]
    fn the_process_that_listens_is_found() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        assert_eq!(super::listener(port), Some(std::process::id()));
        drop(listener);
        assert_eq!(port_of("postgres://a:b@127.0.0.1:6000/innerwall", 5432), 6000);
        assert_eq!(port_of("amqp://a:b@127.0.0.1/%2f", 5672), 5672);
    }
}
