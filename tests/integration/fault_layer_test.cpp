#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "integration/field.hpp"
#include "integration/steadiness.hpp"

// That the rows of field_test.cpp mean something: the layer by itself changes nothing, what it cannot read it
// refuses, and the checks fail on what they are there for.
namespace attune {
namespace {

TEST(FaultLayer, WithoutAFaultChangesNothing) {
  test::FieldSession with("");
  ASSERT_EQ(with.end().status, 0);
  EXPECT_GT(with.faults().count("pictures"), 0u) << "the layer is not there";

  const test::ScratchFolder scratch;
  auto command = test::session_on("patient:shipped:2", scratch / "without.attune", "6", "30");
  ASSERT_EQ(test::attune(command).status, 0);
  const auto against = test::attune(
      {"replay", with.path().string(), "--against", (scratch / "without.attune").string(), "--json"});
  EXPECT_EQ(against.status, 0) << against.out << against.err;
  EXPECT_EQ(nlohmann::json::parse(against.out).at("differences"), 0);
}

TEST(FaultLayer, RefusesWhatItCannotRead) {
  for (const char* fault : {"earthquake@200", "sleep", "sleep@soon", "sleep@200+long:50"}) {
    test::FieldSession session(fault);
    EXPECT_EQ(session.end().status, 99) << fault;
  }
}

/// The undisturbed session with something spoilt.
test::FieldRecord spoilt(const std::function<void(std::vector<record::Moment>&)>& spoil) {
  auto record = test::undisturbed();
  spoil(record.moments);
  return record;
}

TEST(FieldChecks, FailOnWhatTheyAreThereFor) {
  const auto good = spoilt([](auto&) {});
  EXPECT_TRUE(test::exposure_is_steady(good) && test::belief_is_steady(good) &&
              test::attention_is_steady(good));
  EXPECT_TRUE(test::time_goes_forward(good) && test::time_is_that_of_the_frames(good));
  EXPECT_TRUE(test::poses_are_possible(good));

  const auto at = [](auto change) {
    return spoilt([&](auto& moments) { change(moments[300].frame, moments[300].decision); });
  };
  EXPECT_FALSE(test::exposure_is_steady(at([](auto&, auto& d) { d.directive.intensity += 0.001F; })));
  EXPECT_FALSE(test::exposure_is_steady(at([](auto&, auto& d) { d.directive.intensity -= 0.001F; })));
  EXPECT_FALSE(test::belief_is_steady(at([](auto&, auto& d) { d.x_mean += 0.03F; })));
  EXPECT_FALSE(test::time_goes_forward(at([](auto& f, auto&) { f.time.ns -= 12'000'000; })));
  EXPECT_FALSE(test::time_is_that_of_the_frames(at([](auto& f, auto&) { f.time.ns += 20'000'000; })));
  EXPECT_FALSE(test::poses_are_possible(at([](auto& f, auto&) { f.head.position_m.x = NAN; })));
  EXPECT_FALSE(test::poses_are_possible(at([](auto& f, auto&) { f.head.orientation *= 3.0F; })));
  EXPECT_FALSE(test::poses_are_possible(at([](auto& f, auto&) { f.gaze.time.ns = f.time.ns + 1; })));
  const auto flicker = spoilt([](auto& moments) {
    for (std::size_t i = 300; i < 306; ++i) {
      moments[i].decision.engagement_valid = true;
      moments[i].decision.engagement = i % 2 == 0 ? 1.0F : 0.0F;
    }
  });
  EXPECT_FALSE(test::attention_is_steady(flicker));
}

TEST(FieldChecks, AHoleInTimeIsToBeNamedUnlessOneWasInTheSecondBefore) {
  auto holed = test::undisturbed();
  // Two holes of 0.6 s: one before frame 300, one some frames later.
  const auto hole_before = [&](std::size_t first) {
    const auto ends = holed.moments[first].frame.time.ns;
    for (auto i = first; i < holed.moments.size(); ++i) holed.moments[i].frame.time.ns += 600'000'000;
    for (auto& event : holed.events) {
      if (event.time.ns >= ends) event.time.ns += 600'000'000;
    }
  };
  const auto name_at = [&](std::size_t frame) {
    const auto at = std::find_if(holed.events.begin(), holed.events.end(), [&](const auto& event) {
      return event.time >= holed.moments[frame].frame.time;
    });
    holed.events.insert(at, record::make_event(holed.moments[frame].frame.time, record::EventKind::headset,
                                               "no frame for half a second or more"));
  };
  hole_before(300);
  EXPECT_FALSE(test::time_goes_forward(holed));
  name_at(300);
  EXPECT_TRUE(test::time_goes_forward(holed));
  hole_before(330);  // 0.93 s after the first
  EXPECT_TRUE(test::time_goes_forward(holed));
  hole_before(350);  // 1.76 s after the first, and 0.82 s after one without a name
  EXPECT_FALSE(test::time_goes_forward(holed));
  name_at(350);
  EXPECT_TRUE(test::time_goes_forward(holed));
}

}  // namespace
}  // namespace attune
