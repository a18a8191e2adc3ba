//! Settings mean what was written.

use anyhow::Result;
use innerwall_testkit::ServiceProcess;
use innerwall_tests::Site;
use std::time::Duration;

#[tokio::test]
async fn a_password_that_looks_like_a_number_is_taken_verbatim() -> Result<()> {
    for password in ["007", "1234e5", "1e999", "true", "+5"] {
        let url = Site::role_url_with("postgres://owner@h/d", password).await?;
        assert_eq!(url, format!("postgres://innerwall_query:{password}@h/d"));
    }
    Ok(())
}

#[tokio::test]
async fn a_service_without_settings_ends_with_code_64_and_names_what_is_missing() -> Result<()> {
    for role in ["ingest", "scorer", "query"] {
        let nothing: [(&str, &str); 0] = [];
        let mut process = ServiceProcess::start(&format!("innerwall-{role}"), nothing)?;
        let status = process.exit_within(Duration::from_secs(10)).await?;
        assert_eq!(status.code(), Some(64), "{role}");
        assert!(!process.log_lines("database_url").is_empty(), "{:?}", process.log_lines(""));
    }
    Ok(())
}
