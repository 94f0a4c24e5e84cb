#include <gtest/gtest.h>

#include <fstream>

#include "integration/field.hpp"
#include "integration/person.hpp"

// What a session does when it can no longer tell how the patient is: the real program without a head, without
// eyes, and with models that are not what they were.
namespace attune {
namespace {

constexpr double rate_hz = 20.0;
constexpr double lost_from_s = 30.0;

/// The session of somebody who stands, of whom something is lost after half a minute.
test::FieldRecord session_without(const std::string& fault, const std::string& seconds) {
  const test::ScratchFolder scratch;
  test::record_person(scratch / "person.attune", rate_hz, std::stod(seconds) + 2.0, [](auto&) {});
  test::FieldOptions options;
  options.source = (scratch / "person.attune").string();
  options.seconds = seconds;
  test::FieldSession session(fault, options);
  const auto& outcome = session.end(120.0);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(session.faults().missing(fault), "");
  return test::record_of(session.path());
}

const record::DecisionRecord& at(const test::FieldRecord& record, double time_s) {
  const auto found = std::find_if(record.moments.begin(), record.moments.end(),
                                  [&](const auto& moment) { return moment.frame.time.seconds() >= time_s; });
  return found == record.moments.end() ? record.moments.back().decision : found->decision;
}

TEST(Doubt, OfALostHeadHoldsThenLowersThenLeadsToTheGarden) {
  const auto record = session_without("pose@600:invalid,head", "110");
  EXPECT_GE(record.events_with("head tracking is lost"), 1) << record.told();
  const float held = at(record, lost_from_s + 1.0).directive.intensity;
  EXPECT_GT(held, 0.0F) << "there was nothing to hold";
  for (double s = 1.0; s < 60.0; s += 1.0)
    EXPECT_LE(at(record, lost_from_s + s + 1.0).directive.intensity,
              at(record, lost_from_s + s).directive.intensity);
  EXPECT_LT(at(record, lost_from_s + 6.0).directive.intensity, held);
  EXPECT_EQ(at(record, lost_from_s + 63.0).directive.place, scene::Place::safe_place);
  EXPECT_GE(record.events_with("unclear for too long"), 1) << record.told();
}

TEST(Doubt, OfEyesThatAreSeenNoMoreHoldsThenLowers) {
  const auto record = session_without("gaze@600:absent", "60");
  EXPECT_GE(record.events_with("the eyes have been closed"), 1) << record.told();
  const float held = at(record, lost_from_s + 10.5).directive.intensity;
  EXPECT_GT(held, 0.0F) << "there was nothing to hold";
  EXPECT_LE(at(record, lost_from_s + 14.0).directive.intensity, held);
  EXPECT_LT(at(record, lost_from_s + 20.0).directive.intensity, held);
}

/// A model file that is not what it was.
struct Damage {
  const char* name;
  const char* file;
  std::function<void(std::string&)> spoil;
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class DamagedModel : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedModel, IsRefusedBeforeThePatientSeesAnything) {
  const auto& damage = GetParam();
  const test::ScratchFolder scratch;
  std::filesystem::copy(ATTUNE_SOURCE_DIR "/models", scratch / "models");
  auto bytes = test::whole_file(scratch / "models" / damage.file);
  damage.spoil(bytes);
  std::ofstream(scratch / "models" / damage.file, std::ios::binary | std::ios::trunc) << bytes;
  auto environment = test::tiny_views;
  environment["ATTUNE_MODELS"] = (scratch / "models").string();
  const auto outcome = test::attune(test::session_on("patient:shipped:2", scratch / "s.attune"), environment);
  EXPECT_TRUE(outcome.status == 1 || outcome.status == 2) << outcome.status;
  EXPECT_EQ(outcome.error_lines(), 1U) << outcome.err;
  EXPECT_NE(outcome.err.find(damage.file), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "s.attune"));
}

INSTANTIATE_TEST_SUITE_P(
    Every, DamagedModel,
    ::testing::Values(
        Damage{"MonitorTruncated", "state_monitor_sim.pt", [](auto& b) { b.resize(b.size() / 2); }},
        Damage{"MonitorEmpty", "state_monitor_sim.pt", [](auto& b) { b.clear(); }},
        Damage{"MonitorWithABitTurned", "state_monitor_sim.pt", [](auto& b) { b[b.size() / 2] ^= 4; }},
        Damage{"TreatmentTruncated", "treatment_sim.pt", [](auto& b) { b.resize(b.size() / 3); }},
        Damage{"TreatmentWithABitTurned", "treatment_sim.pt", [](auto& b) { b[b.size() / 3] ^= 64; }}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace attune
