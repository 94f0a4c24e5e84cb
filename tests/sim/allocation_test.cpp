#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "sim/patients.hpp"

namespace {
std::atomic<long> allocations{0};
}  // namespace

// Counts what the whole test program takes from the heap.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace attune::sim {
namespace {

TEST(VirtualPatient, DoesNotAllocateWhileItLives) {
  VirtualPatient patient(PatientParameters{}, 1);
  telemetry::Stimulus shown;
  shown.intensity = 0.6F;
  shown.question = telemetry::ReportKind::suds;
  shown.aois.push_back(testing_patients::box(telemetry::AoiRole::threat, {0, 0, -3}, {1, 1, 1}));
  const long before = allocations;
  std::size_t answers = 0;
  for (int frame = 1; frame <= 9000; ++frame) {
    patient.show(shown);
    patient.advance_to(core::at_seconds(frame / 90.0));
    answers += patient.take_signals().reports.size();
    if (patient.gaze().source == telemetry::GazeSource::none && !patient.hands()[0].active) ADD_FAILURE();
    if (!patient.head().valid()) ADD_FAILURE();
  }
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(answers, 1U);
  const auto taken = std::make_unique<int>(1);
  EXPECT_GT(allocations, before) << "the counter counts";
}

}  // namespace
}  // namespace attune::sim
