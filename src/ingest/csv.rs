//! CSV as RFC 4180 has it, with the physical line on which each record starts. The `csv` crate's own positions are
//! off after blank lines and with `\r\n`, and a message that points to the wrong line is worse than none.

/// One record: the line it starts on, counted from 1, and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The line it starts on.
    pub line: u64,
    /// Its cells, unquoted; line breaks in them are `\n`.
    pub cells: Vec<String>,
}

/// Why a file is not CSV.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCsv {
    /// A quoted cell that is never closed.
    #[error("a quoted cell that starts in this row is never closed")]
    Unclosed,
    /// Something between a closing quote and the next comma.
    #[error("after a closing quote a comma or the end of the line was expected (a quote within a cell is doubled)")]
    AfterQuote,
    /// A quote within a cell that does not start with one.
    #[error("a cell with a quote in it must itself be quoted, and the quote doubled")]
    StrayQuote,
}

/// Reads records one by one.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl<'a> Reader<'a> {
    /// From the text of a file; a byte order mark is passed over.
    pub fn new(text: &'a str) -> Reader<'a> {
        Reader { text: text.strip_prefix('\u{feff}').unwrap_or(text), at: 0, line: 1 }
    }

    /// One unquoted or quoted cell; true if it was the record's last.
    fn cell(&mut self) -> Result<(String, bool), BadCsv> {
        let rest = &self.text[self.at..];
        if !rest.starts_with('"') {
            let end = rest.find([',', '\n']).unwrap_or(rest.len());
            let cell = &rest[..end];
            let last = !rest[end..].starts_with(',');
            self.at += end + usize::from(end < rest.len());
            self.line += u64::from(last && end < rest.len());
            let cell = if last { cell.strip_suffix('\r').unwrap_or(cell) } else { cell };
            return if cell.contains('"') { Err(BadCsv::StrayQuote) } else { Ok((cell.to_owned(), last)) };
        }
        let mut cell = String::new();
        let mut from = self.at + 1;
        loop {
            let Some(quote) = self.text[from..].find('"').map(|i| from + i) else { return Err(BadCsv::Unclosed) };
            let piece = &self.text[from..quote];
            self.line += piece.bytes().filter(|b| *b == b'\n').count() as u64;
            if piece.contains('\r') {
                cell.push_str(&piece.replace("\r\n", "\n"))
            } else {
                cell.push_str(piece)
            }
            if !self.text[quote + 1..].starts_with('"') {
                self.at = quote + 1;
                break;
            }
            cell.push('"');
            from = quote + 2;
        }
        let rest = &self.text[self.at..];
        for (end, last) in [(",", false), ("\n", true), ("\r\n", true)] {
            if rest.starts_with(end) {
                self.at += end.len();
                self.line += u64::from(last);
                return Ok((cell, last));
            }
        }
        if rest.is_empty() { Ok((cell, true)) } else { Err(BadCsv::AfterQuote) }
    }

    /// Goes on after an error: to the next line.
    fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.line += 1;
    }
}

impl Iterator for Reader<'_> {
    /// A record, or the line of one that is malformed and why.
    type Item = Result<Record, (u64, BadCsv)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.text[self.at..];
            let blank = ["\n", "\r\n"].into_iter().find(|end| rest.starts_with(end));
            let Some(blank) = blank else { break };
            self.at += blank.len();
            self.line += 1;
        }
        if self.at >= self.text.len() {
            return None;
        }
        let mut record = Record { line: self.line, cells: Vec::new() };
        loop {
            match self.cell() {
                Ok((cell, last)) => {
                    record.cells.push(cell);
                    if last {
                        return Some(Ok(record));
                    }
                }
                Err(BadCsv::Unclosed) => {
                    self.at = self.text.len();
                    return Some(Err((record.line, BadCsv::Unclosed)));
                }
                Err(error) => {
                    if !self.text[..self.at].ends_with('\n') {
                        self.skip_line();
                    }
                    return Some(Err((record.line, error)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        Reader::new(text).map(|record| record.map(|r| (r.line, r.cells)).unwrap()).collect()
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        let text = "\u{feff}a,b\r\n\"x\r\ny\",\"1\"\"2\"\r\n\r\n,\r\nlast,";
        let expected = vec![
            (1, cells(&["a", "b"])),
            (2, cells(&["x\ny", "1\"2"])),
            (5, cells(&["", ""])),
            (6, cells(&["last", ""])),
        ];
        assert_eq!(read(text), expected);
        assert_eq!(read(&text.replace('\r', "")), expected);
    }

    #[test]
    fn a_malformed_row_is_named_and_the_rest_is_read() {
        let bad: Vec<_> = Reader::new("a,b\n\"x\"y,1\nc\"d,2\ne,f\"g\nh,i\n\"open").collect();
        assert_eq!(bad[1], Err((2, BadCsv::AfterQuote)));
        assert_eq!(bad[2], Err((3, BadCsv::StrayQuote)));
        assert_eq!(bad[3], Err((4, BadCsv::StrayQuote)));
        assert_eq!(bad[4].as_ref().unwrap().line, 5);
        assert_eq!(bad[5], Err((6, BadCsv::Unclosed)));
        assert_eq!(bad.len(), 6);
        assert_eq!(read(""), []);
    }
}
