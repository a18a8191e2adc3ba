//! Who may know what: the rules of ARCHITECTURE.md, checked against what Cargo sees.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, PackageId};

/// Which of our crates each of them may depend on. Tests may depend on anything.
const EDGES: &[(&str, &[&str])] = &[
    ("event", &[]),
    ("features", &["event"]),
    ("rules", &["event", "features"]),
    ("scoring", &["event", "features", "rules"]),
    ("enrich", &["event", "features"]),
    ("auth", &[]),
    ("wire", &["event"]),
    ("broker", &[]),
    ("runtime", &[]),
    ("storage", &["auth", "event", "features", "rules", "scoring"]),
    ("testkit", &[]),
    ("ingest", &["auth", "broker", "event", "runtime", "storage", "wire"]),
    (
        "scorer",
        &[
            "broker", "enrich", "event", "features", "rules", "runtime", "scoring", "storage",
            "wire",
        ],
    ),
    (
        "query",
        &["auth", "enrich", "event", "features", "rules", "runtime", "scoring", "storage", "wire"],
    ),
    (
        "ctl",
        &[
            "auth", "broker", "enrich", "event", "features", "rules", "runtime", "scoring",
            "storage", "wire",
        ],
    ),
];

/// No I/O, no clock, no chance: what they give depends on their arguments alone.
const PURE: [&str; 5] = ["event", "features", "rules", "scoring", "auth"];
const IMPURE_PACKAGES: [&str; 8] =
    ["tokio", "lapin", "tokio-postgres", "actix-web", "tonic", "hyper", "reqwest", "mio"];
/// `rand` by its traits is welcome: the source of chance is an argument.
const IMPURE_WORDS: [&str; 9] = [
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "rand::rng(",
    "rand::random",
    "OsRng",
    "Uuid::new_v4",
    "Uuid::now_v7",
];

/// Packages that only some of our crates may name.
const OWNERS: &[(&str, &[&str])] = &[
    ("tokio-postgres", &["storage", "testkit"]),
    ("deadpool-postgres", &["storage"]),
    ("refinery", &["storage"]),
    ("lapin", &["broker", "testkit"]),
];

const FILE_LINES_MAX: usize = 500;

#[test]
fn every_dependency_between_our_crates_is_in_the_table() -> Result<()> {
    let metadata = metadata()?;
    let table: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let mut offences = Vec::new();
    for (from, to, kind) in own_edges(&metadata) {
        if from == "tests" || (to == "testkit" && kind == DependencyKind::Development) {
            continue;
        }
        let allowed =
            table.get(from.as_str()).with_context(|| format!("{from} is not in the table"))?;
        if !allowed.contains(&to.as_str()) {
            offences.push(format!("{from} -> {to} ({kind})"));
        }
    }
    assert!(offences.is_empty(), "{offences:?}");
    Ok(())
}

#[test]
fn the_table_names_only_crates_that_exist() -> Result<()> {
    let metadata = metadata()?;
    let known: BTreeSet<String> =
        metadata.workspace_packages().iter().map(|package| short(&package.name)).collect();
    let named: BTreeSet<String> = EDGES
        .iter()
        .flat_map(|(from, to)| std::iter::once(from).chain(to.iter()))
        .map(|name| (*name).to_owned())
        .chain(["tests".to_owned()])
        .collect();
    assert_eq!(named, known);
    Ok(())
}

#[test]
fn pure_crates_reach_nothing_that_does_io() -> Result<()> {
    let metadata = metadata()?;
    let nodes = nodes(&metadata)?;
    for name in PURE {
        let closure = closure(&metadata, &nodes, name)?;
        let impure: Vec<&str> =
            IMPURE_PACKAGES.into_iter().filter(|name| closure.contains(*name)).collect();
        assert!(impure.is_empty(), "{name} reaches {impure:?}");
        assert!(!closure.is_empty(), "{name} depends on nothing at all: is the check blind?");
    }
    let storage = closure(&metadata, &nodes, "storage")?;
    assert!(storage.contains("tokio-postgres"), "the check is blind");
    Ok(())
}

#[test]
fn sql_and_amqp_are_named_by_their_owners_only() -> Result<()> {
    let metadata = metadata()?;
    for (package, owners) in OWNERS {
        let users: Vec<String> = metadata
            .workspace_packages()
            .into_iter()
            .filter(|ours| ours.dependencies.iter().any(|wanted| wanted.name == *package))
            .map(|ours| short(&ours.name))
            .collect();
        assert_eq!(users, *owners, "{package}");
    }
    Ok(())
}

#[test]
fn pure_sources_read_no_clock_and_throw_no_dice() -> Result<()> {
    let mut offences = Vec::new();
    for name in PURE {
        for path in sources(&root().join("crates").join(name).join("src"))? {
            let text = fs::read_to_string(&path)?;
            // Tests come last in a file, or in a file of their own.
            let product = text.split("#[cfg(test)]").next().unwrap_or_default();
            let is_test = path.file_stem().is_some_and(|stem| {
                let stem = stem.to_string_lossy();
                stem == "tests" || stem.ends_with("_tests")
            });
            let words = IMPURE_WORDS.iter().filter(|word| !is_test && product.contains(**word));
            offences.extend(words.map(|word| format!("{word} in {}", path.display())));
        }
    }
    assert!(offences.is_empty(), "{offences:?}");
    Ok(())
}

#[test]
fn no_source_file_is_too_long_to_read() -> Result<()> {
    let mut count = 0;
    let mut offences = Vec::new();
    for directory in ["crates", "services", "tests"] {
        for path in sources(&root().join(directory))? {
            count += 1;
            let lines = fs::read_to_string(&path)?.lines().count();
            if lines > FILE_LINES_MAX {
                offences.push(format!("{} has {lines} lines", path.display()));
            }
        }
    }
    assert!(count > 100, "only {count} files were found");
    assert!(offences.is_empty(), "{offences:?}");
    Ok(())
}

/// Whoever is let in holds some permission, not every one.
#[test]
fn every_use_case_asks_whether_its_caller_may() -> Result<()> {
    let mut count = 0;
    let mut offences = Vec::new();
    for path in sources(&root().join("services/query/src/usecase"))? {
        let text = fs::read_to_string(&path)?;
        for function in text.split("pub(crate) async fn ").skip(1) {
            let whole = function.split("\n}\n").next().unwrap_or_default();
            let (signature, body) = whole.split_once('{').unwrap_or_default();
            if !signature.contains("caller: &Caller") {
                continue;
            }
            count += 1;
            if !body.contains("caller.may(") {
                let name = signature.split('(').next().unwrap_or_default();
                offences.push(format!("{name} in {}", path.display()));
            }
        }
    }
    assert!(count > 50, "only {count} use cases were found");
    assert!(offences.is_empty(), "{offences:?}");
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// `innerwall-storage` is `storage` in the tables.
fn short(name: &str) -> String {
    name.strip_prefix("innerwall-").unwrap_or(name).to_owned()
}

/// What Cargo knows, for the machine this runs on: the others' packages need not be here.
fn metadata() -> Result<Metadata> {
    let version = Command::new("rustc").arg("-vV").current_dir(root()).output()?;
    let version = String::from_utf8(version.stdout)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not name its host")?.to_owned();
    let options = ["--offline".to_owned(), "--filter-platform".to_owned(), host];
    Ok(MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(options)
        .exec()?)
}

fn own_edges(metadata: &Metadata) -> Vec<(String, String, DependencyKind)> {
    let packages = metadata.workspace_packages();
    let is_ours = |name: &str| packages.iter().any(|package| package.name.as_str() == name);
    let edges = packages.iter().flat_map(|package| {
        let ours = package.dependencies.iter().filter(|wanted| is_ours(&wanted.name));
        ours.map(|wanted| (short(&package.name), short(&wanted.name), wanted.kind))
    });
    edges.collect()
}

fn nodes(metadata: &Metadata) -> Result<BTreeMap<&PackageId, &Node>> {
    let resolve = metadata.resolve.as_ref().context("Cargo resolved nothing")?;
    Ok(resolve.nodes.iter().map(|node| (&node.id, node)).collect())
}

/// Names of all packages that a crate of ours is built from, itself left out.
fn closure(
    metadata: &Metadata,
    nodes: &BTreeMap<&PackageId, &Node>,
    name: &str,
) -> Result<BTreeSet<String>> {
    let packages = metadata.workspace_packages();
    let start = packages.iter().find(|package| short(&package.name) == name);
    let mut waiting = vec![&start.with_context(|| format!("there is no crate {name}"))?.id];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        let node = nodes.get(id).with_context(|| format!("{id} is not resolved"))?;
        for dependency in &node.deps {
            let mut kinds = dependency.dep_kinds.iter();
            if kinds.any(|kind| kind.kind == DependencyKind::Normal) && seen.insert(&dependency.pkg)
            {
                waiting.push(&dependency.pkg);
            }
        }
    }
    Ok(seen.into_iter().map(|id| metadata[id].name.to_string()).collect())
}

fn sources(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).with_context(|| directory.display().to_string())? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| {
            matches!(name.to_string_lossy().as_ref(), "node_modules" | "target" | "dist")
        });
        if path.is_dir() && !is_hidden {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}
