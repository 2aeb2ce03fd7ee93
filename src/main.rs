//! Hands over to [`constat::cli`].

#[tokio::main]
async fn main() -> std::process::ExitCode {
    constat::cli::run().await
}
