//! What a hot page is compared with: a bare axum handler that answers every request with the same bytes and headers,
//! already compressed. `benches/run` starts it: `bare ADDRESS HEADERS BODY`, where HEADERS is a file of `name: value`
//! lines and BODY the file to answer with.

use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use tokio::net::TcpListener;

fn headers(text: &str) -> Result<HeaderMap, Box<dyn Error>> {
    let mut headers = HeaderMap::new();
    for line in text.lines() {
        let (name, value) = line.split_once(": ").ok_or_else(|| format!("`{line}` is no header"))?;
        headers.append(name.parse::<HeaderName>()?, value.parse::<HeaderValue>()?);
    }
    Ok(headers)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` adds --bench.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [address, head, body] = args.as_slice() else {
        println!("bare is started by benches/run");
        return Ok(());
    };
    let head = headers(&std::fs::read_to_string(head)?)?;
    let body = Bytes::from(std::fs::read(body)?);
    let app = Router::new().fallback(move || {
        let answer = (head.clone(), body.clone());
        async move { answer }
    });
    axum::serve(TcpListener::bind(address).await?, app).await?;
    Ok(())
}
