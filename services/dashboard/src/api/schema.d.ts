/**
 * Types of the query API, in the shape openapi-typescript generates.
 * `npm run api` replaces this file from docs/api/query.openapi.json.
 */

export interface paths {
    "/api/v1/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_user_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            /** Format: int32 */
            status: number;
            detail: string;
            code: string;
            field?: string | null;
        };
        LoginRequest: {
            email: string;
            password: string;
        };
        Operator: {
            email: string;
            role: string;
        };
        Tenant: {
            /** Format: int32 */
            id: number;
            name: string;
            time_zone: string;
        };
        LoginResponse: {
            token: string;
            /** Format: date-time */
            expires_at: string;
            operator: components["schemas"]["Operator"];
            tenant: components["schemas"]["Tenant"];
        };
        Me: {
            operator?: components["schemas"]["Operator"] | null;
            tenant: components["schemas"]["Tenant"];
        };
        RuleRef: {
            rule_id: string;
            name: string;
        };
        UserSummary: {
            user_id: string;
            email?: string | null;
            full_name?: string | null;
            /** Format: int32 */
            trust_score?: number | null;
            band?: string | null;
            /** Format: date-time */
            first_seen: string;
            /** Format: date-time */
            last_seen: string;
            /** Format: int64 */
            event_count: number;
            country?: string | null;
            /** Format: int32 */
            hit_count: number;
            top_reason?: string | null;
            rules: components["schemas"]["RuleRef"][];
        };
        UserPage: {
            items: components["schemas"]["UserSummary"][];
            next_cursor?: string | null;
        };
        Counters: {
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            sessions: number;
            /** Format: int64 */
            devices: number;
            /** Format: int64 */
            addresses: number;
            addresses_capped: boolean;
            /** Format: int64 */
            countries: number;
        };
        Hit: {
            rule_id: string;
            name: string;
            explanation: string;
            reason: string;
            /** Format: int32 */
            weight: number;
            event_id: string;
            /** Format: date-time */
            event_time: string;
        };
        NotEvaluated: {
            rule_id: string;
            name: string;
            needs: string;
        };
        UserDevice: {
            device_id: string;
            label: string;
            kind: string;
            /** Format: date-time */
            first_seen: string;
            /** Format: date-time */
            last_seen: string;
            language?: string | null;
        };
        User: components["schemas"]["UserSummary"] & {
            phone?: string | null;
            /** Format: date-time */
            created_at?: string | null;
            first_name?: string | null;
            last_name?: string | null;
            /** Format: int32 */
            rule_set_version: number;
            counters: components["schemas"]["Counters"];
            hits: components["schemas"]["Hit"][];
            not_evaluated: components["schemas"]["NotEvaluated"][];
            devices: components["schemas"]["UserDevice"][];
            last_address?: string | null;
        };
        EventDevice: {
            device_id: string;
            label: string;
            kind: string;
        };
        Event: {
            event_id: string;
            client_event_id?: string | null;
            /** Format: date-time */
            event_time: string;
            /** Format: date-time */
            received_at: string;
            user_id: string;
            user_email?: string | null;
            event_type: string;
            severity: string;
            url?: string | null;
            page_title?: string | null;
            ip: string;
            country?: string | null;
            device?: components["schemas"]["EventDevice"] | null;
            http_method?: string | null;
            /** Format: int32 */
            http_code?: number | null;
            referer?: string | null;
            language?: string | null;
            user_agent?: string | null;
            session_id: string;
            /** Format: int32 */
            trust_score: number;
            /** Format: int32 */
            risk_score?: number | null;
            hits: components["schemas"]["RuleRef"][];
            corrections: string[];
            payload?: Record<string, never> | null;
            field_history?: Record<string, never>[] | null;
        };
        EventPage: {
            items: components["schemas"]["Event"][];
            next_cursor?: string | null;
        };
        Bands: {
            /** Format: int64 */
            low: number;
            /** Format: int64 */
            medium: number;
            /** Format: int64 */
            high: number;
        };
        SeriesPoint: {
            /** Format: date-time */
            time: string;
            /** Format: int64 */
            normal: number;
            /** Format: int64 */
            editing: number;
            /** Format: int64 */
            alert: number;
        };
        RuleCount: {
            rule_id: string;
            name: string;
            /** Format: int64 */
            users: number;
        };
        EventTypeCount: {
            event_type: string;
            /** Format: int64 */
            events: number;
        };
        Overview: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: int64 */
            bucket_seconds: number;
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            users_active: number;
            /** Format: int64 */
            users_total: number;
            /** Format: int64 */
            addresses_active: number;
            bands: components["schemas"]["Bands"];
            series: components["schemas"]["SeriesPoint"][];
            top_rules: components["schemas"]["RuleCount"][];
            events_by_type: components["schemas"]["EventTypeCount"][];
        };
        Ledger: {
            /** Format: int64 */
            accepted: number;
            /** Format: int64 */
            unconfirmed: number;
            /** Format: int64 */
            scored: number;
            /** Format: int64 */
            duplicate: number;
            /** Format: int64 */
            conflict: number;
            /** Format: int64 */
            parked: number;
            /** Format: int64 */
            in_flight: number;
            balanced: boolean;
            /** Format: date-time */
            as_of: string;
        };
        Rule: {
            rule_id: string;
            name: string;
            explanation: string;
            family: string;
            /** Format: int32 */
            weight: number;
            tags: string[];
        };
        RuleList: {
            /** Format: int32 */
            version: number;
            items: components["schemas"]["Rule"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                band?: string;
                rule?: string;
                q?: string;
                sort?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_user_events: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_events: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                event_type?: string;
                ip?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overview: {
        parameters: {
            query?: {
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ledger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ledger"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleList"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
