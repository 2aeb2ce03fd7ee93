//! Where and when all events are that may be passed on.

use chrono::NaiveDate;

use crate::domain::bbox::BBox;

use super::catalog::Catalog;
use super::index::NOWHERE;

/// The frame around events, and their time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Around the points of those that have one.
    pub frame: Option<BBox>,
    /// The first day on which one may have begun, and the last on which one may have gone on.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl Catalog {
    /// Of all events that may be passed on.
    pub fn extent(&self) -> Extent {
        let index = &self.index;
        let events = &index.all - self.withheld_events();
        let (mut least, mut most) = ((i32::MAX, i32::MAX), (i32::MIN, i32::MIN));
        let (mut first, mut last) = (i32::MAX, i32::MIN);
        for at in events.iter().map(|ordinal| ordinal as usize) {
            (first, last) = (first.min(index.start[at]), last.max(index.end[at]));
            let (latitude, longitude) = (index.latitude[at], index.longitude[at]);
            if latitude != NOWHERE {
                least = (least.0.min(latitude), least.1.min(longitude));
                most = (most.0.max(latitude), most.1.max(longitude));
            }
        }
        let day = NaiveDate::from_num_days_from_ce_opt;
        Extent {
            frame: (least.0 <= most.0).then(|| BBox::around(least, most)),
            days: if first <= last { day(first).zip(day(last)) } else { None },
        }
    }
}
