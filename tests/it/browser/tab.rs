//! A browser window that a test drives.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::stage::{picture, stage};

/// How long a page may take to become what a test expects. Far more than it takes.
const PATIENCE: Duration = Duration::from_secs(20);
const PERIOD: Duration = Duration::from_millis(40);

/// A browser is a dozen processes: more than two at a time only wait for each other.
static WINDOWS: Semaphore = Semaphore::const_new(2);

/// A window with one tab, in a fresh profile.
#[derive(Clone)]
pub struct Tab {
    client: Client,
    /// Where the site is.
    pub site: &'static str,
    /// Where one leaves it for.
    pub exit: &'static str,
}

/// Runs a test in a window 1280 px wide.
pub async fn in_tab<F>(test: impl FnOnce(Tab) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    run(true, test).await;
}

/// Runs a test in a window where pages may not run scripts.
pub async fn in_tab_without_scripts<F>(test: impl FnOnce(Tab) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    run(false, test).await;
}

async fn run<F>(scripts: bool, test: impl FnOnce(Tab) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let Some(stage) = stage() else { return };
    let _window = WINDOWS.acquire().await.unwrap();
    let Value::Object(wanted) = capabilities(scripts) else { unreachable!() };
    let client = Client::with_capabilities_and_connector(&stage.driver, &wanted, HttpConnector::new()).await.unwrap();
    let tab = Tab { client: client.clone(), site: &stage.site, exit: &stage.exit };
    tab.resize(1280, 900).await;
    // In a task of its own, so that the window is closed whatever happens in it.
    let outcome = tokio::spawn(test(tab)).await;
    if outcome.is_err() {
        let name = std::thread::current().name().unwrap_or("browser").to_owned();
        let at = client.current_url().await.map_or_else(|error| error.to_string(), |url| url.to_string());
        eprintln!("{name}: failed at {at}");
        if let Ok(png) = client.screenshot().await {
            std::fs::write(picture(&name), png).unwrap();
            eprintln!("{name}: the page is in {}", picture(&name).display());
        }
    }
    client.close().await.unwrap();
    if let Err(error) = outcome {
        std::panic::resume_unwind(error.into_panic());
    }
}

fn capabilities(scripts: bool) -> Value {
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-extensions", "--force-prefers-reduced-motion", "--hide-scrollbars", "--window-size=1280,900",
            ],
            "prefs": if scripts {
                json!({})
            } else {
                json!({ "profile.managed_default_content_settings.javascript": 2 })
            },
        },
    })
}

impl Tab {
    /// Opens a page of the site.
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.site)).await.unwrap();
    }

    /// The address after the site's own.
    pub async fn address(&self) -> String {
        let url = self.client.current_url().await.unwrap().to_string();
        url.strip_prefix(self.site).unwrap_or(&url).to_owned()
    }

    /// The pairs in the address, as `key=value`.
    pub async fn pairs(&self) -> Vec<String> {
        let url = self.client.current_url().await.unwrap();
        url.query_pairs().map(|(key, value)| format!("{key}={value}")).collect()
    }

    /// An element, once it is there.
    pub async fn find(&self, css: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE).every(PERIOD);
        let found = wait.for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    /// Clicks an element. The driver takes what lies under the strip at the top for seen; a reader scrolls first.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        if element.click().await.is_ok() {
            return;
        }
        let centre = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(centre, vec![serde_json::to_value(&element).unwrap()]).await.unwrap();
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Clicks the first link within an element that shows these words.
    pub async fn click_link(&self, within: &str, words: &str) {
        let place = self.find(within).await;
        let link = place.find(Locator::LinkText(words)).await;
        let link = link.unwrap_or_else(|error| panic!("{within}: no link {words:?}: {error}"));
        link.click().await.unwrap_or_else(|error| panic!("{within}: {words:?}: {error}"));
    }

    /// Replaces what is in a field.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// The text a reader sees in an element.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap()
    }

    /// The value of an expression in the page.
    pub async fn js(&self, expression: &str) -> Value {
        let value = self.client.execute(&format!("return ({expression});"), vec![]).await;
        value.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// What a script calls its last argument with, given some values before it.
    pub async fn js_async(&self, script: &str, values: Vec<Value>) -> Value {
        self.client.execute_async(script, values).await.unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// The texts of all elements of a kind.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let texts = self.js(&format!("[...document.querySelectorAll({css:?})].map(e => e.innerText.trim())")).await;
        serde_json::from_value(texts).unwrap()
    }

    /// Waits until an expression is true in the page.
    pub async fn until(&self, expression: &str) {
        let start = Instant::now();
        loop {
            // A page that is being left answers with an error.
            let value = self.client.execute(&format!("return !!({expression});"), vec![]).await;
            if matches!(value, Ok(Value::Bool(true))) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "not so: {expression} ({value:?}) at {}", self.address().await);
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// Waits until the address ends in this.
    pub async fn at(&self, path: &str) {
        self.until(&format!("location.href === {:?}", format!("{}{path}", self.site))).await;
    }

    /// Goes back a page.
    pub async fn back(&self) {
        self.client.back().await.unwrap();
    }

    /// Presses and releases a key, or several that are held together.
    pub async fn press<K: Into<char> + Copy>(&self, keys: &[K]) {
        let mut actions = KeyActions::new("keyboard".into());
        for key in keys {
            actions = actions.then(KeyAction::Down { value: (*key).into() });
        }
        for key in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value: (*key).into() });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Types a text wherever the focus is.
    pub async fn type_text(&self, text: &str) {
        for key in text.chars() {
            self.press(&[key]).await;
        }
    }

    /// Gives the page another size, as a window would that may be as narrow as a phone.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Makes the reader one who prefers `light` or `dark`.
    pub async fn prefer(&self, scheme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// Makes the page one that is on paper, or again one on a screen.
    pub async fn on_paper(&self, paper: bool) {
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": if paper { "print" } else { "" } })).await;
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, params: Value) -> Value {
        let body = json!({ "cmd": command, "params": params });
        self.client.issue_cmd(Driver { path: "goog/cdp/execute", body }).await.unwrap()
    }

    /// What the browser has written to the console since it was last asked.
    pub async fn console(&self) -> Vec<Value> {
        let log: Result<Value, CmdError> =
            self.client.issue_cmd(Driver { path: "se/log", body: json!({ "type": "browser" }) }).await;
        serde_json::from_value(log.unwrap()).unwrap()
    }
}

/// A command that only ChromeDriver knows.
#[derive(Debug)]
struct Driver {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Driver {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(self.body.to_string()))
    }
}
