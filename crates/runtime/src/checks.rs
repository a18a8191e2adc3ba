//! Keeps readiness true: asks every dependency again and again whether it works.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::health::Readiness;
use crate::lifecycle::Lifecycle;

const CHECK_EVERY: Duration = Duration::from_secs(2);

type Asked = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// Something a service needs, and how to find out whether it works.
pub struct Check {
    name: &'static str,
    ask: Box<dyn Fn() -> Asked + Send + Sync>,
}

impl Check {
    pub fn new<D, F, E>(
        name: &'static str,
        dependency: &D,
        ping: impl Fn(D) -> F + Send + Sync + 'static,
    ) -> Self
    where
        D: Clone + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: ToString,
    {
        let dependency = dependency.clone();
        let ask = move || -> Asked {
            let asked = ping(dependency.clone());
            Box::pin(async { asked.await.map_err(|error| error.to_string()) })
        };
        Self { name, ask: Box::new(ask) }
    }
}

/// Checks until the service stops; from then on it is not ready.
pub fn start(checks: Vec<Check>, lifecycle: &Lifecycle) -> Readiness {
    let names: Vec<&'static str> = checks.iter().map(|check| check.name).collect();
    let readiness = Readiness::waiting_for(&names);
    lifecycle.spawn("checks", run(checks, readiness.clone(), lifecycle.clone()));
    readiness
}

async fn run(checks: Vec<Check>, readiness: Readiness, lifecycle: Lifecycle) {
    while !lifecycle.is_stopping() {
        for check in &checks {
            match (check.ask)().await {
                Ok(()) => readiness.up(check.name),
                Err(reason) => readiness.down(check.name, &reason),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(CHECK_EVERY) => {}
            () = lifecycle.stopping() => {}
        }
    }
    readiness.down("service", &"stopping");
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    async fn until(condition: impl Fn() -> bool) {
        for _ in 0..500 {
            if condition() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("did not come true");
    }

    #[tokio::test]
    async fn readiness_follows_the_dependencies_and_ends_with_the_service() {
        let lifecycle = Lifecycle::new();
        let works = Arc::new(AtomicBool::new(false));
        let ping = |works: Arc<AtomicBool>| async move {
            if works.load(Ordering::Relaxed) { Ok(()) } else { Err("refused") }
        };
        let readiness = start(vec![Check::new("database", &works, ping)], &lifecycle);
        assert_eq!(readiness.problems()["database"], "not checked yet");
        until(|| readiness.problems().get("database").is_some_and(|it| it == "refused")).await;
        works.store(true, Ordering::Relaxed);
        until(|| readiness.problems().is_empty()).await;
        lifecycle.stop();
        until(|| readiness.problems().contains_key("service")).await;
    }
}
