use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::*;

/// Requests as they came over the wire.
pub(crate) type Requests = Arc<Mutex<Vec<String>>>;

/// Answers each connection in turn with the next status and a small JSON body.
pub(crate) fn answering_server(statuses: &'static [u16]) -> (String, Requests) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Requests::default();
    let seen = Arc::clone(&requests);
    std::thread::spawn(move || {
        for status in statuses {
            let (mut stream, _) = listener.accept().unwrap();
            seen.lock().unwrap().push(read_request(&stream));
            let body = format!("{{\"status\":{status}}}");
            let head = format!("HTTP/1.1 {status} X\r\nretry-after: 1\r\nconnection: close");
            write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
        }
    });
    (url, requests)
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut text).unwrap() > 0, "head cut short: {text}");
    }
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    text + &String::from_utf8(body).unwrap()
}

#[tokio::test]
async fn what_the_test_says_is_what_is_sent() {
    let (url, requests) = answering_server(&[202]);
    let headers = [("authorization", "Bearer t"), ("content-type", "text/plain")];
    let response = request("POST", &format!("{url}/v1/events?a=b"), &headers, "hi").await.unwrap();

    assert_eq!(response.status, 202);
    assert_eq!(response.header("retry-after"), Some("1"));
    assert_eq!(response.json().unwrap(), serde_json::json!({ "status": 202 }));
    let request = requests.lock().unwrap()[0].clone();
    assert!(request.starts_with("POST /v1/events?a=b HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Bearer t\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\nhi"), "{request}");
}

#[tokio::test]
async fn failures_name_the_request() {
    let error = request("GET", "http://127.0.0.1:1/x", &[], "").await.unwrap_err();
    assert!(format!("{error:#}").starts_with("GET http://127.0.0.1:1/x: cannot connect"));
    assert!(request("GET", "https://127.0.0.1:1/", &[], "").await.is_err());
    assert!(request("GET", "not a url", &[], "").await.is_err());
}

#[test]
fn a_body_that_is_no_json_is_shown() {
    let body = Bytes::from_static(b"<html>");
    let response = Response { status: 502, headers: HeaderMap::new(), body };
    let error = response.json().unwrap_err().to_string();
    assert!(error.contains("502") && error.contains("<html>"), "{error}");
}
