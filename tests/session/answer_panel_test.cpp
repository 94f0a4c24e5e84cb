#include "attune/session/answer_panel.hpp"

#include <gtest/gtest.h>

#include <set>

#include "session/patient_frames.hpp"

namespace attune::session {
namespace {

using telemetry::ReportKind;

constexpr OpenQuestion suds{ReportKind::suds, {1'000'000'000}};

/// A patient before an open question; `act` makes the frames.
class AnswerPanelTest : public ::testing::Test {
 protected:
  std::optional<telemetry::SelfReport> run(double seconds, const std::function<void(telemetry::Frame&)>& act,
                                           const OpenQuestion& question = suds) {
    std::optional<telemetry::SelfReport> answer;
    for (int i = 0; i < static_cast<int>(seconds * 72.0) && !answer; ++i) {
      auto frame = patient_.next();
      frame.commands.clear();
      frame.head.orientation = glm::quat(1, 0, 0, 0);
      frame.gaze.direction = {0, 0.5F, -1};  // above all panels
      placement_.step(frame.time, frame.head);
      act(frame);
      answer = panel_.step(frame, placement_.layout(), question);
    }
    return answer;
  }
  /// From the eyes to a place on the track, 0..1.
  glm::vec3 towards(const telemetry::Frame& frame, float place) {
    const auto& panel = placement_.layout().question;
    // Searched for, so that the test needs not know how long the track is drawn.
    for (float x = -0.5F; x <= 0.5F; x += 0.002F) {
      const auto point =
          glm::vec3(panel.to_session * glm::vec4(x * panel.size_m.x, -0.25F * panel.size_m.y, 0, 1));
      const auto direction = glm::normalize(point - frame.gaze.origin_m);
      const auto under = scene::slider_under(placement_.layout(), frame.gaze.origin_m, direction);
      if (under && *under >= place) return direction;
    }
    return {0, 0, -1};
  }

  test::StandingPatient patient_;
  scene::PanelPlacement placement_;
  AnswerPanel panel_;
};

TEST_F(AnswerPanelTest, NobodyDoesAnythingAndNothingIsAnswered) {
  EXPECT_FALSE(run(5.0, [](auto&) {}));
  EXPECT_EQ(panel_.shown().kind, ReportKind::suds);
}

TEST_F(AnswerPanelTest, ALookThatRestsOnTheTrackAnswersAfterItsDwell) {
  int frames = 0;
  const auto answer = run(4.0, [&](auto& frame) {
    ++frames;
    frame.gaze.direction = towards(frame, 0.7F);
  });
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->kind, ReportKind::suds);
  EXPECT_NEAR(answer->value, 70.0F, 2.0F);
  EXPECT_EQ(answer->asked, suds.asked);
  EXPECT_NEAR(frames / 72.0, AnswerPanel::dwell_s, 0.1);
}

TEST_F(AnswerPanelTest, ReadingTheQuestionAnswersNothing) {
  EXPECT_FALSE(run(5.0, [&](auto& frame) {
    const auto& panel = placement_.layout().question;
    const auto point = glm::vec3(panel.to_session * glm::vec4(0, 0.3F * panel.size_m.y, 0, 1));
    frame.gaze.direction = glm::normalize(point - frame.gaze.origin_m);
  }));
}

TEST_F(AnswerPanelTest, ALookThatWandersAlongTheTrackAnswersNothing) {
  int i = 0;
  EXPECT_FALSE(run(5.0, [&](auto& frame) {
    frame.gaze.direction = towards(frame, 0.5F + 0.4F * std::sin(static_cast<float>(++i) * 0.05F));
  }));
}

TEST_F(AnswerPanelTest, PointingAndPullingTheTriggerAnswersAtThatPlace) {
  int i = 0;
  const auto answer = run(2.0, [&](auto& frame) {
    auto& hand = frame.hands[1];
    hand.active = true;
    hand.aim.position_m = frame.gaze.origin_m;
    hand.aim.position_valid = hand.aim.orientation_valid = true;
    const auto direction = towards(frame, 0.25F);
    hand.aim.orientation = glm::rotation(glm::vec3(0, 0, -1), direction);
    hand.trigger = ++i > 20 ? 1.0F : 0.0F;
  });
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->value, 25.0F, 2.0F);
}

TEST_F(AnswerPanelTest, TheThumbstickMovesAndSelectConfirms) {
  int i = 0;
  const auto answer = run(4.0, [&](auto& frame) {
    auto& hand = frame.hands[0];
    hand.active = true;
    ++i;
    if (i > 5 && i <= 5 + 72) hand.thumbstick.x = -1.0F;
    if (i > 120) hand.buttons = telemetry::button_select;
  });
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->value, 10.0F, 2.0F);  // one second at 0.4 from the middle
}

TEST_F(AnswerPanelTest, ATriggerHeldFromBeforeTheQuestionAnswersNothing) {
  EXPECT_FALSE(run(3.0, [](auto& frame) {
    frame.hands[1].active = true;
    frame.hands[1].trigger = 1.0F;
  }));
}

TEST_F(AnswerPanelTest, InputWithoutFocusCountsForNothing) {
  int i = 0;
  EXPECT_FALSE(run(3.0, [&](auto& frame) {
    frame.headset.focused = false;
    frame.hands[1].active = true;
    frame.hands[1].trigger = ++i > 20 ? 1.0F : 0.0F;
    frame.gaze.direction = towards(frame, 0.5F);
  }));
}

TEST_F(AnswerPanelTest, ComfortIsGivenFromZeroToTen) {
  const auto answer = run(
      4.0, [&](auto& frame) { frame.gaze.direction = towards(frame, 0.8F); },
      OpenQuestion{ReportKind::comfort, {5}});
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->value, 8.0F, 0.6F);
}

constexpr OpenQuestion three_options{ReportKind::choice, {1'000'000'000}, /*text=*/4, /*options=*/3};

TEST_F(AnswerPanelTest, AChoiceIsAnsweredWithOneOfItsOptions) {
  for (const auto& [place, option] : {std::pair{0.10F, 0.0F}, {0.40F, 1.0F}, {0.60F, 1.0F}, {0.9F, 2.0F}}) {
    panel_ = {};
    const auto answer = run(
        4.0, [&](auto& frame) { frame.gaze.direction = towards(frame, place); }, three_options);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->kind, ReportKind::choice);
    EXPECT_EQ(answer->value, option) << place;
    EXPECT_FLOAT_EQ(panel_.shown().value, option / 2.0F) << "and the slider stands at it";
  }
}

TEST_F(AnswerPanelTest, AChoicesSliderStandsAtItsPlacesOnlyWhileTheThumbstickMovesOn) {
  std::set<float> places;
  run(
      3.0,
      [&](auto& frame) {
        frame.hands[1].active = true;
        frame.hands[1].thumbstick.x = 1.0F;
        if (panel_.shown().kind == ReportKind::choice) places.insert(panel_.shown().value);
      },
      three_options);
  EXPECT_EQ(places, (std::set<float>{0.5F, 1.0F}));
}

TEST_F(AnswerPanelTest, ShowsTheQuestionsOwnTextAndItsOptions) {
  run(
      0.1, [](auto&) {}, three_options);
  EXPECT_EQ(panel_.shown().text, 4);
  EXPECT_EQ(panel_.shown().options, 3);
}

}  // namespace
}  // namespace attune::session
