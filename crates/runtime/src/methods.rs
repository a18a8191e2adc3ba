//! Which methods a path has, read from the OpenAPI document of a service.
//!
//! Routes are matched by path and method at once, so a request with a wrong method ends where
//! unknown paths end; this tells the two apart.

use serde_json::Value;

/// Methods by path.
#[derive(Debug, Default)]
pub struct Methods(Vec<(Vec<String>, String)>);

impl Methods {
    /// Reads a document; one that is no JSON has no paths.
    pub fn of(document: &str) -> Self {
        let document: Value = serde_json::from_str(document).unwrap_or_default();
        let paths = document["paths"].as_object().into_iter().flatten();
        let paths = paths.filter_map(|(path, methods)| {
            let names = methods.as_object()?.keys().map(|name| name.to_uppercase());
            let names: Vec<String> = names.collect();
            Some((segments(path).map(str::to_owned).collect(), names.join(", ")))
        });
        Self(paths.collect())
    }

    /// The methods of a path as the header `Allow` lists them; `None` when there is no such path.
    pub fn allowed(&self, path: &str) -> Option<&str> {
        let asked: Vec<&str> = segments(path).collect();
        let fitting = self.0.iter().filter(|(known, _)| fits(known, &asked));
        // The path that is written out wins over one with a parameter in its place.
        let best =
            fitting.min_by_key(|(known, _)| known.iter().filter(|it| is_parameter(it)).count());
        best.map(|(_, methods)| methods.as_str())
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_matches('/').split('/')
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

fn fits(known: &[String], asked: &[&str]) -> bool {
    known.len() == asked.len()
        && known.iter().zip(asked).all(|(known, asked)| {
            if is_parameter(known) { !asked.is_empty() } else { known == asked }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_those_of_the_path_that_fits_best() {
        let methods = Methods::of(
            r#"{"paths": {
                "/v1/users/{id}": {"get": {}, "delete": {}},
                "/v1/users/stream": {"post": {}},
                "/sensor/": {"post": {}}}}"#,
        );
        for (path, allowed) in [
            ("/v1/users/alice", Some("DELETE, GET")),
            ("/v1/users/stream", Some("POST")),
            ("/v1/users/alice/events", None),
            ("/v1/users/", None),
            ("/sensor", Some("POST")),
            ("/", None),
        ] {
            assert_eq!(methods.allowed(path), allowed, "{path}");
        }
        assert_eq!(Methods::of("no document").allowed("/"), None);
    }
}
