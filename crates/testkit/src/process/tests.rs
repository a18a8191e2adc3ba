use std::os::unix::process::ExitStatusExt;
use std::time::Instant;

use super::*;
use crate::http::tests::answering_server;

const SOON: Duration = Duration::from_secs(10);

fn shell(script: &str) -> ServiceProcess {
    let variables = [("GREETING", "hello")];
    ServiceProcess::start_program(Path::new("/bin/sh"), &["-c", script], variables).unwrap()
}

async fn log_line(process: &ServiceProcess, text: &str) -> String {
    let lines = eventually(SOON, text, async || Ok(process.log_lines(text).into_iter().next()));
    lines.await.unwrap()
}

fn state(pid: u32) -> String {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    status.lines().find(|line| line.starts_with("State:")).unwrap().to_owned()
}

#[tokio::test]
async fn both_outputs_are_collected_and_the_exit_status_is_reported() {
    let mut process = shell("echo $GREETING out; echo $GREETING err >&2; exit 3");
    assert_eq!(process.exit_within(SOON).await.unwrap().code(), Some(3));
    assert_eq!(log_line(&process, "out").await, "hello out");
    assert_eq!(log_line(&process, "err").await, "hello err");
}

#[tokio::test]
async fn a_process_that_stays_makes_the_wait_fail_with_its_log() {
    let mut process = shell("echo stuck here; sleep 100");
    log_line(&process, "stuck").await;
    let error = process.exit_within(Duration::from_millis(100)).await.unwrap_err();
    assert!(format!("{error:#}").contains("stuck here"), "{error:#}");
}

#[tokio::test]
async fn terminate_is_a_request_and_kill9_is_not() {
    let mut process = shell("trap 'echo no thanks' TERM; echo up; while :; do sleep 0.05; done");
    log_line(&process, "up").await;
    process.terminate().unwrap();
    log_line(&process, "no thanks").await;
    process.kill9().unwrap();
    assert_eq!(process.exit_within(SOON).await.unwrap().signal(), Some(9));
    assert!(process.terminate().is_err(), "there is nothing to signal any more");
}

#[tokio::test]
async fn a_paused_process_stops_until_it_is_resumed() {
    let mut process = shell("while :; do echo tick; sleep 0.02; done");
    log_line(&process, "tick").await;
    process.pause().unwrap();
    let stopped = eventually(SOON, "stops", async || {
        Ok(state(process.id()).contains("stopped").then_some(()))
    });
    stopped.await.unwrap();
    process.resume().unwrap();
    let ticks = process.log_lines("tick").len();
    let resumed = eventually(SOON, "ticks again", async || {
        Ok((process.log_lines("tick").len() > ticks + 1).then_some(()))
    });
    resumed.await.unwrap();
}

#[tokio::test]
async fn drop_kills_the_process_and_what_it_started() {
    let process = shell("sleep 100 & echo child $!; wait");
    let line = log_line(&process, "child").await;
    let child: u32 = line.rsplit(' ').next().unwrap().parse().unwrap();
    let family = [process.id(), child];
    assert!(processes::any_alive(&family).unwrap());
    drop(process);
    assert!(!processes::any_alive(&family).unwrap());
}

#[tokio::test]
async fn memory_is_known_while_the_process_lives() {
    let mut process = shell("echo up; sleep 100");
    log_line(&process, "up").await;
    assert!(process.peak_memory_kib().unwrap() > 100);
    process.kill9().unwrap();
    assert!(process.peak_memory_kib().is_err());
}

#[tokio::test]
async fn ready_is_the_first_200() {
    let (url, requests) = answering_server(&[503, 503, 200]);
    shell("sleep 100").wait_ready(&url).await.unwrap();
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    assert!(requests[2].starts_with("GET /readyz HTTP/1.1"), "{}", requests[2]);
}

#[tokio::test]
async fn a_process_that_ends_is_not_waited_for() {
    let started = Instant::now();
    let mut process = shell("echo no database; exit 64");
    let error = process.wait_ready("http://127.0.0.1:1").await.unwrap_err();
    let message = format!("{error:#}");
    assert!(message.contains("64") && message.contains("no database"), "{message}");
    assert!(started.elapsed() < SOON);
}

#[test]
fn a_binary_that_was_not_built_is_named_with_the_cure() {
    let error = binary_in(Path::new("/nowhere"), "innerwall-x").unwrap_err().to_string();
    assert!(error.contains("/nowhere/innerwall-x") && error.contains("cargo build"), "{error}");
    assert!(binary_in(Path::new("/bin"), "sh").is_ok());
}
