mod frame;
mod interrupt;
