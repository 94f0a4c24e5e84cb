#include "attune/signal/pulses.hpp"

#include "signal/pulse_finder.hpp"

namespace attune::signal {

struct PulseDetector::Impl : PulseFinder {
  using PulseFinder::PulseFinder;
};

PulseDetector::PulseDetector(double rate_hz) : impl_(std::make_unique<Impl>(rate_hz)) {}
PulseDetector::~PulseDetector() = default;
PulseDetector::PulseDetector(PulseDetector&&) noexcept = default;
PulseDetector& PulseDetector::operator=(PulseDetector&&) noexcept = default;

std::optional<Beat> PulseDetector::push(double light) { return impl_->push(light); }
std::optional<Beat> PulseDetector::finish() { return impl_->finish(); }
double PulseDetector::delay_s() const { return impl_->delay_s(); }
void PulseDetector::reset() { impl_->reset(); }

}  // namespace attune::signal
