//! One connection through a proxy.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::watch;
use tokio::time::sleep;

use super::mode::{Budget, Direction, Setting};

const BUFFER_BYTES: usize = 16 * 1024;

/// How a connection ends before both sides have closed it.
enum Ending {
    /// As if the process at the other end had died.
    Reset,
    /// In the middle of what was being said, but with everything before it delivered.
    Closed,
}

/// Carries one connection to its end.
pub(super) async fn run(
    mut client: TcpStream,
    upstream: String,
    mut settings: watch::Receiver<Setting>,
) {
    // A partition swallows the handshake too: the server must not see the connection.
    if settings.wait_for(|setting| !setting.mode.is_blackhole()).await.is_err() {
        return;
    }
    let Ok(mut server) = TcpStream::connect(&upstream).await else {
        reset(&client);
        return;
    };
    // Without this, small frames would wait for acknowledgements that a direct link does not need.
    client.set_nodelay(true).ok();
    server.set_nodelay(true).ok();
    if let Err(Ending::Reset) = carry(&mut client, &mut server, settings).await {
        reset(&client);
        reset(&server);
    }
}

/// Makes the coming close a reset.
pub(super) fn reset(stream: &TcpStream) {
    // Fails only on a connection that is gone already.
    stream.set_zero_linger().ok();
}

async fn carry(
    client: &mut TcpStream,
    server: &mut TcpStream,
    settings: watch::Receiver<Setting>,
) -> Result<(), Ending> {
    let budget = Budget::default();
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let pump = |flow| Pump { flow, budget: &budget, settings: settings.clone() };
    let mut reset_seen = settings.clone();
    tokio::select! {
        biased;
        _ = reset_seen.wait_for(|setting| setting.mode.resets()) => Err(Ending::Reset),
        ending = async {
            tokio::try_join!(
                pump(Direction::ToServer).run(from_client, to_server),
                pump(Direction::ToClient).run(from_server, to_client),
            )
        } => ending.map(|_| ()),
    }
}

/// One direction of one connection.
struct Pump<'a> {
    flow: Direction,
    budget: &'a Budget,
    settings: watch::Receiver<Setting>,
}

impl Pump<'_> {
    async fn run(mut self, mut from: ReadHalf<'_>, mut to: WriteHalf<'_>) -> Result<(), Ending> {
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let setting = *self.settings.borrow_and_update();
            if setting.mode.swallows(self.flow) {
                self.settings.changed().await.map_err(|_| Ending::Closed)?;
                continue;
            }
            let room = setting.mode.piece_bytes_max().min(BUFFER_BYTES);
            let read_bytes = tokio::select! {
                // Bytes that arrive after a switch are treated by the new mode.
                biased;
                changed = self.settings.changed() => {
                    changed.map_err(|_| Ending::Closed)?;
                    continue;
                }
                read = from.read(&mut buffer[..room]) => read.map_err(|_| Ending::Reset)?,
            };
            if read_bytes == 0 {
                return to.shutdown().await.map_err(|_| Ending::Reset);
            }
            self.forward(setting, &buffer[..read_bytes], &mut to).await?;
        }
    }

    async fn forward(
        &self,
        setting: Setting,
        bytes: &[u8],
        to: &mut WriteHalf<'_>,
    ) -> Result<(), Ending> {
        let (passed, is_cut) = self.budget.take(setting, bytes.len());
        to.write_all(&bytes[..passed]).await.map_err(|_| Ending::Reset)?;
        if is_cut {
            return Err(Ending::Closed);
        }
        sleep(setting.mode.delay(passed)).await;
        Ok(())
    }
}
