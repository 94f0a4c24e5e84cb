#include <gtest/gtest.h>

#include <glm/gtx/quaternion.hpp>
#include <optional>

#include "attune/scene/panel_placement.hpp"
#include "integration/field.hpp"
#include "integration/person.hpp"

// A patient can stop with whatever controller there is, with either hand, with one switch, and without hands;
// also while the session is only visible. The real program, from the controller's button to the picture.
namespace attune {
namespace {

constexpr double held_from_s = 4.0, held_for_s = 2.2;

/// What somebody does to stop, while it is done.
using Doing = std::function<void(telemetry::Frame&)>;

void record_doing(const std::filesystem::path& path, const Doing& doing) {
  test::record_person(path, test::patient_rate_hz, 9.0, [&](telemetry::Frame& frame) {
    const double held_s = frame.time.seconds() - held_from_s;
    if (held_s >= 0.0 && held_s < held_for_s) doing(frame);
  });
}

/// When the patient's stop was met, and whether that very frame hid the stimulus.
std::optional<double> stopped_after_s(const test::FieldRecord& record) {
  for (const auto& event : record.events) {
    if (event.kind != record::EventKind::stopped) continue;
    EXPECT_NE(event.words().find("the patient asked to stop"), std::string_view::npos) << event.words();
    for (const auto& moment : record.moments) {
      if (moment.frame.time != event.time) continue;
      EXPECT_TRUE(moment.decision.directive.stimulus_hidden);
      EXPECT_EQ(moment.decision.directive.place, scene::Place::safe_place);
    }
    return event.time.seconds() - held_from_s;
  }
  return std::nullopt;
}

/// Turns head and eyes, or the eyes alone, to the stop mark.
void look_at_the_mark(telemetry::Frame& frame, bool with_the_head) {
  scene::PanelPlacement placement;
  placement.step({}, frame.head);
  const auto to_mark = glm::normalize(placement.layout().stop.centre_m() - frame.head.position_m);
  frame.gaze.direction = to_mark;
  if (with_the_head) frame.head.orientation = glm::rotation(glm::vec3(0, 0, -1), to_mark);
}

Doing press(std::size_t side, std::uint8_t button) {
  return [=](telemetry::Frame& frame) {
    frame.hands[side].buttons = button;
    frame.hands[1 - side].active = false;  // whoever has one hand
  };
}

/// One after the other, each of them a stop: the first leads to the garden, the others are met there.
const std::vector<Doing> ways_with_hands{press(0, telemetry::button_select),
                                         press(1, telemetry::button_select), press(0, telemetry::button_menu),
                                         press(1, telemetry::button_menu), [](telemetry::Frame& frame) {
                                           for (auto& hand : frame.hands) hand.squeeze = 1.0F;
                                         }};

class StopWith : public ::testing::TestWithParam<const char*> {};

TEST_P(StopWith, EveryButtonOfEitherHandByItselfOrBothGrips) {
  constexpr double apart_s = 1.6, each_s = 1.3;
  const bool has_grips = std::string(GetParam()) != "simple";
  const auto ways = ways_with_hands.size() - (has_grips ? 0 : 1);
  const test::ScratchFolder scratch;
  test::record_person(scratch / "person.attune", test::patient_rate_hz, 12.0, [&](telemetry::Frame& frame) {
    const double since_s = frame.time.seconds() - held_from_s;
    const auto way = static_cast<std::size_t>(std::max(0.0, since_s) / apart_s);
    if (since_s >= 0.0 && way < ways && std::fmod(since_s, apart_s) < each_s) ways_with_hands[way](frame);
  });
  auto environment = test::tiny_views;
  environment["ATTUNE_XR_CONTROLLER"] = GetParam();
  const auto outcome = test::attune(
      test::session_on((scratch / "person.attune").string(), scratch / "s.attune", "12"), environment);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto record = test::record_of(scratch / "s.attune");
  const auto first_s = stopped_after_s(record);
  ASSERT_TRUE(first_s.has_value()) << "nothing stopped";
  EXPECT_NEAR(*first_s, 1.0, 0.1);
  std::vector<double> stops_s;
  for (const auto& event : record.events) {
    if (event.kind == record::EventKind::stopped) stops_s.push_back(event.time.seconds() - held_from_s);
  }
  ASSERT_EQ(stops_s.size(), ways);
  for (std::size_t way = 0; way < ways; ++way)
    EXPECT_NEAR(stops_s[way], 1.0 + apart_s * static_cast<double>(way), 0.1) << "way " << way;
}

INSTANTIATE_TEST_SUITE_P(Every, StopWith, ::testing::Values("touch", "index", "vive", "wmr", "simple"),
                         [](const auto& one) { return std::string(one.param); });

class StopWithoutHands : public ::testing::TestWithParam<std::tuple<bool, const char*>> {};

TEST_P(StopWithoutHands, LooksAtTheMarkAndStops) {
  const auto& [with_the_head, fault] = GetParam();
  const test::ScratchFolder scratch;
  record_doing(scratch / "person.attune", [with_head = with_the_head](telemetry::Frame& frame) {
    for (auto& hand : frame.hands) hand = {};
    look_at_the_mark(frame, with_head);
  });
  test::FieldOptions options;
  options.source = (scratch / "person.attune").string();
  options.seconds = "8";
  test::FieldSession session(fault, options);
  ASSERT_EQ(session.end().status, 0);
  EXPECT_EQ(session.faults().missing(fault), "");
  const auto after_s = stopped_after_s(test::record_of(session.path()));
  ASSERT_TRUE(after_s.has_value()) << "nothing stopped";
  EXPECT_NEAR(*after_s, 1.5, 0.2);
}

// Without the focus the runtime gives neither hands nor eyes, but the head.
INSTANTIATE_TEST_SUITE_P(Every, StopWithoutHands,
                         ::testing::Values(std::tuple{false, ""}, std::tuple{true, ""},
                                           std::tuple{true, "unfocused@200+500"}),
                         [](const auto& one) {
                           return std::string(std::get<0>(one.param) ? "Head" : "Eyes") +
                                  (*std::get<1>(one.param) != '\0' ? "OnlyVisible" : "");
                         });

TEST(Stop, IsNotWhatHoldingTheTriggerOrOneGripDoes) {
  for (const Doing& doing : {Doing([](auto& frame) { frame.hands[1].trigger = 1.0F; }),
                             Doing([](auto& frame) { frame.hands[0].squeeze = 1.0F; })}) {
    const test::ScratchFolder scratch;
    record_doing(scratch / "person.attune", doing);
    ASSERT_EQ(
        test::attune(test::session_on((scratch / "person.attune").string(), scratch / "s.attune")).status, 0);
    EXPECT_FALSE(stopped_after_s(test::record_of(scratch / "s.attune")).has_value());
  }
}

}  // namespace
}  // namespace attune
