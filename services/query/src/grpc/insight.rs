//! Series, the graph, searches and numbers as protobuf.

use innerwall_wire::query as proto;

use super::convert::time;
use crate::view::{
    Active, Compared, Edge, Graph, GraphPath, KindBucket, Kpis, Node, SearchAnswer, Series,
    SeriesBucket, StandingKpi, TopUserView,
};

impl From<Series<SeriesBucket>> for proto::GetSeriesResponse {
    fn from(series: Series<SeriesBucket>) -> Self {
        let bucket = |bucket: SeriesBucket| proto::EventBucket {
            start: time(&bucket.time),
            normal: bucket.normal,
            editing: bucket.editing,
            alert: bucket.alert,
        };
        Self {
            buckets: series.buckets.into_iter().map(bucket).collect(),
            bucket: series.bucket.to_owned(),
            zone: series.zone,
            complete: series.complete,
        }
    }
}

impl From<Series<KindBucket>> for proto::GetKindSeriesResponse {
    fn from(series: Series<KindBucket>) -> Self {
        let bucket = |bucket: KindBucket| proto::KindBucket {
            start: time(&bucket.time),
            active: bucket.active,
            remarkable: bucket.remarkable,
            fresh: bucket.fresh,
        };
        Self {
            buckets: series.buckets.into_iter().map(bucket).collect(),
            bucket: series.bucket.to_owned(),
            zone: series.zone,
        }
    }
}

impl From<Node> for proto::GraphNode {
    fn from(node: Node) -> Self {
        Self {
            name: node.name,
            depth: node.depth.into(),
            user: node.user.map(Into::into),
            entity: node.entity.map(Into::into),
            tags: node.tags,
            users: node.users,
            truncated: node.truncated,
        }
    }
}

impl From<Edge> for proto::GraphLink {
    fn from(edge: Edge) -> Self {
        Self { user: edge.user, entity: edge.entity, link: Some(edge.link.into()) }
    }
}

impl From<Graph> for proto::GetGraphResponse {
    fn from(graph: Graph) -> Self {
        Self {
            nodes: graph.nodes.into_iter().map(Into::into).collect(),
            links: graph.links.into_iter().map(Into::into).collect(),
            complete: graph.complete,
        }
    }
}

impl From<GraphPath> for proto::FindPathResponse {
    fn from(path: GraphPath) -> Self {
        Self {
            length: path.length.map(u32::from),
            nodes: path.nodes.into_iter().map(Into::into).collect(),
            links: path.links.into_iter().map(Into::into).collect(),
            visited: u32::try_from(path.visited).unwrap_or(u32::MAX),
            complete: path.complete,
        }
    }
}

impl From<SearchAnswer> for proto::SearchResponse {
    fn from(answer: SearchAnswer) -> Self {
        let rule = |rule: crate::view::RuleName| proto::RuleName {
            rule_id: rule.rule_id,
            name: rule.name,
        };
        Self {
            users: answer.users.into_iter().map(Into::into).collect(),
            entities: answer.entities.into_iter().map(Into::into).collect(),
            rules: answer.rules.into_iter().map(rule).collect(),
            events: answer.events.iter().map(proto::Event::from).collect(),
            sessions: answer.sessions.into_iter().map(Into::into).collect(),
            taken_for: answer.taken_for.to_owned(),
        }
    }
}

impl From<Compared> for proto::Compared {
    fn from(compared: Compared) -> Self {
        Self { now: compared.now, before: compared.before }
    }
}

impl From<Active> for proto::Active {
    fn from(active: Active) -> Self {
        Self { active: Some(active.active.into()), fresh: Some(active.fresh.into()) }
    }
}

impl From<TopUserView> for proto::TopUser {
    fn from(top: TopUserView) -> Self {
        Self { user: Some(top.user.into()), count: top.count }
    }
}

impl From<StandingKpi> for proto::StandingKpi {
    fn from(StandingKpi { total, fresh }: StandingKpi) -> Self {
        Self { total, fresh: Some(fresh.into()) }
    }
}

impl From<Kpis> for proto::GetKpisResponse {
    fn from(kpis: Kpis) -> Self {
        let tops = kpis.tops;
        let users = |top: Vec<TopUserView>| top.into_iter().map(Into::into).collect();
        let things = |top: Vec<crate::view::EntityView>| top.into_iter().map(Into::into).collect();
        Self {
            from: time(&kpis.from),
            to: time(&kpis.to),
            before_from: time(&kpis.before_from),
            as_of: time(&kpis.as_of),
            events: Some(kpis.events.into()),
            alerts: Some(kpis.alerts.into()),
            sessions: Some(kpis.sessions.into()),
            login_failures: Some(kpis.login_failures.into()),
            in_review: Some(kpis.in_review.into()),
            blocked: Some(kpis.blocked.into()),
            users: Some(kpis.users.into()),
            addresses: Some(kpis.addresses.into()),
            networks: Some(kpis.networks.into()),
            countries: Some(kpis.countries.into()),
            devices: Some(kpis.devices.into()),
            resources: Some(kpis.resources.into()),
            users_by_events: users(tops.users_by_events),
            users_by_login_failures: users(tops.users_by_login_failures),
            users_by_addresses: users(tops.users_by_addresses),
            countries_by_users: things(tops.countries_by_users),
            resources_by_users: things(tops.resources_by_users),
            shared_addresses: things(tops.shared_addresses),
        }
    }
}
