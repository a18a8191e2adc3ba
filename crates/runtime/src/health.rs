//! Liveness, readiness and metrics, the same for every service.
//!
//! `/healthz` says that the process runs and nothing else: a database outage must not restart the
//! fleet. `/readyz` says which dependency is missing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use actix_web::web::{Data, ServiceConfig, get};
use actix_web::{HttpResponse, Responder};
use metrics_exporter_prometheus::PrometheusHandle;

/// What a service needs in order to work, and what is wrong with it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<Mutex<BTreeMap<&'static str, Option<String>>>>);

impl Readiness {
    /// Starts with every dependency missing, so that a service is not ready before it looked.
    pub(crate) fn waiting_for(dependencies: &[&'static str]) -> Self {
        let waiting = dependencies.iter().map(|name| (*name, Some("not checked yet".to_owned())));
        Self(Arc::new(Mutex::new(waiting.collect())))
    }

    /// Notes that a dependency works.
    pub fn up(&self, dependency: &'static str) {
        self.set(dependency, None);
    }

    /// Notes why a dependency does not work.
    pub fn down(&self, dependency: &'static str, reason: &impl ToString) {
        self.set(dependency, Some(reason.to_string()));
    }

    /// What is wrong, by dependency; empty when the service is ready.
    pub fn problems(&self) -> BTreeMap<&'static str, String> {
        let states = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let problem = |(name, state): (&&'static str, &Option<String>)| {
            state.as_ref().map(|reason| (*name, reason.clone()))
        };
        states.iter().filter_map(problem).collect()
    }

    fn set(&self, dependency: &'static str, state: Option<String>) {
        let mut states = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        states.insert(dependency, state);
    }
}

/// Adds `/healthz`, `/readyz` and `/metrics`.
pub(crate) fn routes(
    readiness: &Readiness,
    metrics: &PrometheusHandle,
) -> impl FnOnce(&mut ServiceConfig) {
    let (readiness, metrics) = (Data::new(readiness.clone()), Data::new(metrics.clone()));
    move |config| {
        config
            .app_data(readiness)
            .app_data(metrics)
            .route("/healthz", get().to(healthz))
            .route("/readyz", get().to(readyz))
            .route("/metrics", get().to(render_metrics));
    }
}

async fn healthz() -> impl Responder {
    HttpResponse::Ok().json(serde_json::json!({"status": "alive"}))
}

async fn readyz(readiness: Data<Readiness>) -> impl Responder {
    let problems = readiness.problems();
    if problems.is_empty() {
        return HttpResponse::Ok().json(serde_json::json!({"status": "ready"}));
    }
    HttpResponse::ServiceUnavailable()
        .json(serde_json::json!({"status": "not ready", "problems": problems}))
}

async fn render_metrics(metrics: Data<PrometheusHandle>) -> impl Responder {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(metrics.render())
}
