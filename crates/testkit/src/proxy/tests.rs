use std::io::ErrorKind;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener as Listener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::*;

const SOON: Duration = Duration::from_secs(10);

/// Long enough for a byte to cross loopback many times over.
const SILENCE: Duration = Duration::from_millis(200);

/// A server that sends back what it gets, a proxy before it, and a client connected through it.
struct Bench {
    proxy: ChaosProxy,
    client: TcpStream,
    _server: JoinSet<()>,
}

async fn bench() -> Bench {
    let listener = Listener::bind("127.0.0.1:0").await.unwrap();
    let proxy = ChaosProxy::start(listener.local_addr().unwrap().to_string()).unwrap();
    let mut server = JoinSet::new();
    server.spawn(async move {
        let mut links = JoinSet::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            links.spawn(async move {
                let (mut from, mut to) = stream.split();
                tokio::io::copy(&mut from, &mut to).await.ok();
            });
        }
    });
    let mut client = connect(&proxy).await.unwrap();
    assert_eq!(echo(&mut client, b"hello").await.unwrap(), b"hello");
    Bench { proxy, client, _server: server }
}

async fn connect(proxy: &ChaosProxy) -> std::io::Result<TcpStream> {
    timeout(SOON, TcpStream::connect(proxy.address())).await.unwrap()
}

async fn echo(client: &mut TcpStream, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    client.write_all(bytes).await?;
    read(client, bytes.len()).await
}

async fn read(client: &mut TcpStream, length: usize) -> std::io::Result<Vec<u8>> {
    let mut answer = vec![0; length];
    timeout(SOON, client.read_exact(&mut answer)).await.expect("no answer in time")?;
    Ok(answer)
}

/// How a new connection fails: in the handshake already, or at the first read.
async fn newcomer_error(proxy: &ChaosProxy) -> ErrorKind {
    match connect(proxy).await {
        Ok(mut client) => read(&mut client, 1).await.unwrap_err().kind(),
        Err(error) => error.kind(),
    }
}

async fn is_silent(client: &mut TcpStream) -> bool {
    timeout(SILENCE, client.read_u8()).await.is_err()
}

#[tokio::test]
async fn refuse_ends_open_connections_and_opens_no_new_ones() {
    let mut bench = bench().await;
    bench.proxy.set_mode(Mode::Refuse).await.unwrap();
    assert_eq!(read(&mut bench.client, 1).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
    let refused = connect(&bench.proxy).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);

    bench.proxy.set_mode(Mode::Pass).await.unwrap();
    let mut client = connect(&bench.proxy).await.unwrap();
    assert_eq!(echo(&mut client, b"back").await.unwrap(), b"back");
    assert_eq!(bench.proxy.connections(), 2);
}

#[tokio::test]
async fn reset_accepts_and_then_resets() {
    let mut bench = bench().await;
    bench.proxy.set_mode(Mode::Reset).await.unwrap();
    assert_eq!(read(&mut bench.client, 1).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(newcomer_error(&bench.proxy).await, ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn what_a_blackhole_holds_back_arrives_after_healing() {
    for direction in [Direction::ToServer, Direction::ToClient, Direction::Both] {
        let Bench { proxy, mut client, _server } = bench().await;
        proxy.set_mode(Mode::Blackhole(direction)).await.unwrap();
        client.write_all(b"later").await.unwrap();
        assert!(is_silent(&mut client).await, "{direction:?}");
        let mut newcomer = connect(&proxy).await.unwrap();
        newcomer.write_all(b"x").await.unwrap();
        assert!(is_silent(&mut newcomer).await, "{direction:?}");

        proxy.set_mode(Mode::Pass).await.unwrap();
        assert_eq!(read(&mut client, 5).await.unwrap(), b"later", "{direction:?}");
        assert_eq!(read(&mut newcomer, 1).await.unwrap(), b"x", "{direction:?}");
    }
}

#[tokio::test]
async fn a_one_way_blackhole_still_delivers_the_other_way() {
    let listener = Listener::bind("127.0.0.1:0").await.unwrap();
    let proxy = ChaosProxy::start(listener.local_addr().unwrap().to_string()).unwrap();
    let mut client = connect(&proxy).await.unwrap();
    let (mut server, _) = timeout(SOON, listener.accept()).await.unwrap().unwrap();

    proxy.set_mode(Mode::Blackhole(Direction::ToClient)).await.unwrap();
    client.write_all(b"up").await.unwrap();
    assert_eq!(read(&mut server, 2).await.unwrap(), b"up");
    server.write_all(b"down").await.unwrap();
    assert!(is_silent(&mut client).await);
}

#[tokio::test]
async fn slow_takes_its_time_and_loses_nothing() {
    let mut bench = bench().await;
    bench.proxy.set_mode(Mode::Slow { bytes_per_s: 1000 }).await.unwrap();
    let started = Instant::now();
    assert_eq!(echo(&mut bench.client, &[7; 500]).await.unwrap(), [7; 500]);
    let took = started.elapsed();
    assert!(took > Duration::from_millis(450), "500 bytes at 1000 bytes/s took {took:?}");
}

#[tokio::test]
async fn cut_after_delivers_exactly_so_many_bytes() {
    let listener = Listener::bind("127.0.0.1:0").await.unwrap();
    let proxy = ChaosProxy::start(listener.local_addr().unwrap().to_string()).unwrap();
    let mut client = connect(&proxy).await.unwrap();
    let (mut server, _) = timeout(SOON, listener.accept()).await.unwrap().unwrap();

    proxy.set_mode(Mode::CutAfter { bytes: 10 }).await.unwrap();
    client.write_all(b"1234567").await.unwrap();
    assert_eq!(read(&mut server, 7).await.unwrap(), b"1234567");
    client.write_all(b"89abcdef").await.unwrap();
    assert_eq!(read(&mut server, 3).await.unwrap(), b"89a");
    let end = timeout(SOON, server.read_u8()).await.unwrap();
    assert!(end.is_err(), "a byte passed after the cut");
}

#[tokio::test]
async fn an_upstream_that_is_down_shows_as_a_reset() {
    let proxy = ChaosProxy::start("127.0.0.1:1").unwrap();
    assert_eq!(newcomer_error(&proxy).await, ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn drop_closes_the_port_and_the_connections() {
    let Bench { proxy, mut client, _server } = bench().await;
    let address = proxy.address();
    drop(proxy);
    assert!(read(&mut client, 1).await.is_err());
    assert!(TcpStream::connect(address).await.is_err());
}
