use constat::{store::Store, web};
#[tokio::main]
async fn main() {
    let store = Store::open(std::path::Path::new("/tmp/dev.db"), std::time::Duration::from_secs(5)).await.unwrap();
    let t = std::time::Instant::now();
    let r = constat::ingest::import_embedded(&store, chrono::Utc::now()).await;
    println!("import {:?} {:?}", t.elapsed(), r.is_ok());
    if let Err(e) = r { println!("{e}"); }
    let state = web::state::AppState::new(store, "http://127.0.0.1:8090");
    let app = web::app(state).route("/static/{name}", axum::routing::get(|axum::extract::Path(n): axum::extract::Path<String>| async move {
        let ct = if n.ends_with("css") {"text/css"} else if n.ends_with("js") {"text/javascript"} else {"image/svg+xml"};
        ([("content-type", ct)], std::fs::read(format!("static/{n}")).unwrap_or_default())
    }));
    let l = tokio::net::TcpListener::bind("127.0.0.1:8090").await.unwrap();
    axum::serve(l, app).await.unwrap();
}
