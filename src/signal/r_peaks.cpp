#include "attune/signal/r_peaks.hpp"

#include "signal/beat_finder.hpp"

namespace attune::signal {

struct RPeakDetector::Impl : BeatFinder {
  using BeatFinder::BeatFinder;
};

RPeakDetector::RPeakDetector(double rate_hz) : impl_(std::make_unique<Impl>(rate_hz, qrs_scale)) {}
RPeakDetector::~RPeakDetector() = default;
RPeakDetector::RPeakDetector(RPeakDetector&&) noexcept = default;
RPeakDetector& RPeakDetector::operator=(RPeakDetector&&) noexcept = default;

std::optional<Beat> RPeakDetector::push(double ecg) { return impl_->push(ecg); }
std::optional<Beat> RPeakDetector::finish() { return impl_->finish(); }
double RPeakDetector::delay_s() const { return impl_->delay_s(); }
void RPeakDetector::reset() { impl_->reset(); }

}  // namespace attune::signal
