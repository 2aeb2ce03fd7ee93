//! CSV read as a stream: one record in memory at a time, with the physical line on which it starts.

use std::io::{BufRead, Read};

use sha2::{Digest, Sha256};

use crate::ingest::csv::BadCsv;
use crate::ingest::problem::{Problem, Problems};

/// No row may be longer, in bytes; the longest of the real files is under 10 KB. A quote that is never closed, or a
/// file of zeros, would otherwise be read as one row without end.
pub const MOST_BYTES_OF_A_ROW: usize = 1 << 20;

/// One record: its cells, unquoted.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The line it starts on.
    pub line: u64,
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// How many cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell; empty past the last one.
    pub fn cell(&self, at: usize) -> &str {
        let Some(end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..*end]
    }

    /// All cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }

    /// Takes a raw record apart.
    fn read(raw: &str, line: u64, delimiter: char) -> Result<Record, BadCsv> {
        let mut record = Record { line, text: String::with_capacity(raw.len()), ends: Vec::with_capacity(49) };
        let mut rest = raw;
        loop {
            if let Some(quoted) = rest.strip_prefix('"') {
                rest = quoted;
                loop {
                    let Some(quote) = rest.find('"') else { return Err(BadCsv::Unclosed) };
                    record.text.push_str(&rest[..quote]);
                    rest = &rest[quote + 1..];
                    if !rest.starts_with('"') {
                        break;
                    }
                    record.text.push('"');
                    rest = &rest[1..];
                }
                if !(rest.is_empty() || rest.starts_with(delimiter)) {
                    return Err(BadCsv::AfterQuote);
                }
            } else {
                let end = rest.find(delimiter).unwrap_or(rest.len());
                if rest[..end].contains('"') {
                    return Err(BadCsv::StrayQuote);
                }
                record.text.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            record.ends.push(record.text.len());
            match rest.strip_prefix(delimiter) {
                Some(next) => rest = next,
                None => return Ok(record),
            }
        }
    }
}

/// The records of a file.
pub struct Rows<'a> {
    input: &'a mut dyn BufRead,
    name: &'a str,
    dataset: &'a str,
    delimiter: char,
    raw: Vec<u8>,
    line: u64,
    bytes: u64,
    hash: Sha256,
}

impl<'a> Rows<'a> {
    /// Of an input with commas between its cells; `name` stands for it in messages, `dataset` for what it should hold.
    pub fn new(input: &'a mut dyn BufRead, name: &'a str, dataset: &'a str) -> Rows<'a> {
        Rows { input, name, dataset, delimiter: ',', raw: Vec::new(), line: 1, bytes: 0, hash: Sha256::new() }
    }

    /// What stands between cells.
    pub fn delimiter(&self) -> char {
        self.delimiter
    }

    /// The first record, a header, which shows by itself which of some signs stands between its cells: names of columns
    /// have none of them.
    ///
    /// # Errors
    /// When there is none, it is malformed, or the input fails.
    pub fn header(&mut self, delimiters: &[char]) -> Result<Record, Problems> {
        let Some(first) = self.next_row()? else { return Err(Problem::file(self.name, "is empty").into()) };
        let text = String::from_utf8_lossy(&self.raw).into_owned();
        let often = |sign: &char| (text.matches(*sign).count(), *sign == self.delimiter);
        self.delimiter = delimiters.iter().copied().max_by_key(often).unwrap_or(self.delimiter);
        if self.delimiter == ',' {
            return Ok(first?);
        }
        let read = Record::read(&text, 1, self.delimiter);
        Ok(read.map_err(|bad| Problem::file(self.name, bad.to_string()).at(1))?)
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The last record as it stands in the file.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// SHA-256 of all that was read.
    pub fn digest(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// The next record, or what is wrong with it; none at the end.
    ///
    /// # Errors
    /// When it makes no sense to go on: the input fails, or a row has no end.
    pub fn next_row(&mut self) -> Result<Option<Result<Record, Problem>>, Problems> {
        loop {
            let line = self.line;
            self.raw_record(line)?;
            if self.raw.is_empty() {
                return Ok(None);
            }
            while matches!(self.raw.last(), Some(b'\n' | b'\r')) {
                self.raw.pop();
            }
            if line == 1 && self.raw.starts_with(b"\xef\xbb\xbf") {
                self.raw.drain(..3);
            }
            if self.raw.is_empty() {
                continue;
            }
            let text = match std::str::from_utf8(&self.raw) {
                Ok(text) => text,
                Err(error) => {
                    let before = self.raw[..error.valid_up_to()].iter();
                    let cell = before.filter(|byte| char::from(**byte) == self.delimiter).count() + 1;
                    let expected = format!("is not UTF-8 text (around its cell {cell}); save the file as UTF-8");
                    return Ok(Some(Err(Problem::file(self.name, expected).at(line))));
                }
            };
            let text = if text.contains('\r') { &*text.replace("\r\n", "\n") } else { text };
            let read = Record::read(text, line, self.delimiter);
            let read = read.map_err(|bad| Problem::file(self.name, bad.to_string()).at(line));
            return Ok(Some(read));
        }
    }

    /// Reads physical lines until every quote is closed.
    fn raw_record(&mut self, line: u64) -> Result<(), Problems> {
        self.raw.clear();
        let mut open = false;
        loop {
            let from = self.raw.len();
            let most = (MOST_BYTES_OF_A_ROW + 1).saturating_sub(from) as u64;
            let read = Read::take(&mut *self.input, most).read_until(b'\n', &mut self.raw);
            let read =
                read.map_err(|error| Problem::file(self.name, format!("cannot be read on: {error}")).at(line))?;
            let piece = &self.raw[from..];
            self.bytes += read as u64;
            self.hash.update(piece);
            if self.raw.len() > MOST_BYTES_OF_A_ROW {
                let why = if open { "has a quoted cell that is never closed, or" } else { "" };
                let expected = format!(
                    "{why} is longer than {} KB: that is no row of {}",
                    MOST_BYTES_OF_A_ROW >> 10,
                    self.dataset
                );
                return Err(Problem::file(self.name, expected.trim_start()).at(line).into());
            }
            open ^= piece.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
            let ended = piece.last() != Some(&b'\n');
            self.line += u64::from(!ended);
            if ended || !open {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<(u64, Vec<String>), String>> {
        let mut input = text.as_bytes();
        let mut rows = Rows::new(&mut input, "x.csv", "GED");
        let mut all = Vec::new();
        while let Some(found) = rows.next_row().unwrap() {
            let found = found.map(|r| (r.line, r.cells().map(str::to_owned).collect()));
            all.push(found.map_err(|problem| problem.to_string()));
        }
        all
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        let text = "\u{feff}a,b\r\n\"x\r\ny\",\"1\"\"2\"\r\n\r\n,\r\nlast,";
        for text in [text.to_owned(), text.replace('\r', "")] {
            let read: Vec<_> = read(&text).into_iter().map(Result::unwrap).collect();
            let cells = |line, cells: [&str; 2]| (line, cells.map(str::to_owned).to_vec());
            assert_eq!(
                read,
                [cells(1, ["a", "b"]), cells(2, ["x\ny", "1\"2"]), cells(5, ["", ""]), cells(6, ["last", ""])]
            );
        }
    }

    #[test]
    fn what_is_malformed_is_named_and_the_rest_is_read() {
        let read = read("a\n\"x\"y\"\"\nb\n\"open\nc\n");
        assert!(read[1].as_ref().unwrap_err().starts_with("x.csv:2: after a closing quote"));
        assert_eq!(read[2], Ok((3, vec!["b".to_owned()])));
        assert!(read[3].as_ref().unwrap_err().starts_with("x.csv:4: a quoted cell"));
        assert_eq!(read.len(), 4);
    }

    #[test]
    fn semicolons_between_cells_are_seen_in_the_header() {
        let mut input = "\"a\";b;c\n1;\"2,5;x\";3\n".as_bytes();
        let mut rows = Rows::new(&mut input, "x.csv", "ACLED");
        assert_eq!(rows.header(&[',', ';']).unwrap().cells().collect::<Vec<_>>(), ["a", "b", "c"]);
        let row = rows.next_row().unwrap().unwrap().unwrap();
        assert_eq!((rows.delimiter(), row.cells().collect::<Vec<_>>()), (';', vec!["1", "2,5;x", "3"]));
    }

    #[test]
    fn a_row_without_end_is_not_read_to_its_end() {
        let endless = "x".repeat(3 * MOST_BYTES_OF_A_ROW);
        let mut input = endless.as_bytes();
        let mut rows = Rows::new(&mut input, "x.csv", "GED");
        assert!(rows.next_row().unwrap_err().to_string().contains("longer than 1024 KB"));
        assert!(rows.bytes() < 2 * MOST_BYTES_OF_A_ROW as u64);
    }
}
