//! The rows that were left out, as they stood in the file, each with its line and what is wrong with it.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::BadRow;
use super::layout::Layout;
use crate::ingest::problem::Problem;

/// Writes `<file>.rejects.csv`, once there is something to write.
pub(super) struct Rejects {
    path: PathBuf,
    output: Option<BufWriter<File>>,
}

impl Rejects {
    /// For a file.
    pub fn new(file: &Path) -> Rejects {
        let mut path = file.as_os_str().to_owned();
        path.push(".rejects.csv");
        Rejects { path: path.into(), output: None }
    }

    /// Adds a row.
    pub fn add(&mut self, layout: &Layout, bad: &BadRow) -> Result<(), Problem> {
        self.try_add(layout, bad).map_err(|error| self.problem(&error))
    }

    fn try_add(&mut self, layout: &Layout, bad: &BadRow) -> std::io::Result<()> {
        let output = match &mut self.output {
            Some(output) => output,
            None => {
                let mut output = BufWriter::new(File::create(&self.path)?);
                let sign = layout.delimiter;
                writeln!(output, "line{sign}problem{sign}{}", layout.header.join(&sign.to_string()))?;
                self.output.insert(output)
            }
        };
        let line = bad.problems.iter().find_map(|problem| problem.line).unwrap_or_default();
        let told = |p: &Problem| Problem { file: String::new(), line: None, ..p.clone() }.to_string();
        let problems: Vec<String> = bad.problems.iter().map(told).collect();
        let problems = problems.join("; ").replace('"', "\"\"");
        let sign = layout.delimiter;
        write!(output, "{line}{sign}\"{}\"{sign}", problems.trim_start_matches([',', ' ', ':']))?;
        output.write_all(&bad.raw)?;
        output.write_all(b"\n")
    }

    fn problem(&self, error: &std::io::Error) -> Problem {
        Problem::file(self.path.display().to_string(), format!("cannot be written: {error}"))
    }

    /// Where the rows are, if there are any.
    pub fn finish(mut self) -> Result<Option<PathBuf>, Problem> {
        let Some(mut output) = self.output.take() else { return Ok(None) };
        output.flush().map_err(|error| self.problem(&error))?;
        Ok(Some(self.path))
    }
}
