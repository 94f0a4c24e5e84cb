#include "attune/session/closed_eyes.hpp"

#include <gtest/gtest.h>

#include "session/patient_frames.hpp"

namespace attune::session {
namespace {

constexpr double frame_s = 1.0 / test::StandingPatient::rate_hz;

/// Somebody who stands and looks about, as somebody else sees it for a while.
class Watched {
 public:
  /// @return how long the eyes count as closed at the end
  double run(
      double seconds, const std::function<void(telemetry::Frame&)>& change = [](auto&) {}) {
    double closed_s = 0.0;
    for (double t = 0.0; t < seconds; t += frame_s) {
      auto frame = patient_.next();
      change(frame);
      closed_s = eyes.step(frame, frame_s);
    }
    return closed_s;
  }
  ClosedEyes eyes;

 private:
  test::StandingPatient patient_;
};

void no_gaze(telemetry::Frame& frame) { frame.gaze.source = telemetry::GazeSource::none; }
void head_stands_in(telemetry::Frame& frame) { frame.gaze.source = telemetry::GazeSource::head; }
void face_says(telemetry::Frame& frame, float closed) {
  frame.vitals.expressions[static_cast<std::size_t>(telemetry::Expression::eyes_closed)] = {closed, 0.0F,
                                                                                            true};
}

TEST(ClosedEyes, AreThoseThatTheTrackerSawAndSeesNoMore) {
  Watched somebody;
  EXPECT_EQ(somebody.run(5.0), 0.0);
  EXPECT_NEAR(somebody.run(12.0, no_gaze), 12.0, 0.1);
  EXPECT_NEAR(somebody.run(5.0, head_stands_in), 17.0, 0.2)
      << "a tracker given up tells nothing of open eyes";
  EXPECT_EQ(somebody.run(1.0), 0.0);
}

TEST(ClosedEyes, AreThoseThatAFaceTrackerCallsSo) {
  Watched somebody;
  EXPECT_EQ(somebody.run(5.0, [](auto& frame) { face_says(frame, 0.2F); }), 0.0);
  EXPECT_NEAR(somebody.run(5.0, [](auto& frame) { face_says(frame, 0.9F); }), 5.0, 0.1);
}

TEST(ClosedEyes, AreUnknownWithoutAnEyeTracker) {
  Watched somebody;
  EXPECT_EQ(somebody.run(60.0, head_stands_in), 0.0);
  EXPECT_EQ(somebody.run(60.0, no_gaze), 0.0);
}

TEST(ClosedEyes, StayClosedThroughAGlimpse) {
  Watched somebody;
  somebody.run(1.0);
  somebody.run(6.0, no_gaze);
  somebody.run(0.1);
  EXPECT_NEAR(somebody.run(6.0, no_gaze), 12.0, 0.3);
}

TEST(ClosedEyes, AreNotCountedWhileNobodyLooksForThem) {
  Watched somebody;
  somebody.run(1.0);
  somebody.run(4.0, no_gaze);
  const auto unfocused = [](telemetry::Frame& frame) {
    no_gaze(frame);
    frame.headset.focused = false;
  };
  EXPECT_NEAR(somebody.run(30.0, unfocused), 4.0, 0.1) << "without the focus the runtime gives no gaze";
  EXPECT_NEAR(somebody.run(2.0, no_gaze), 6.0, 0.2);
}

TEST(ClosedEyes, BeginAnewWithTheTherapist) {
  Watched somebody;
  somebody.run(1.0);
  somebody.run(20.0, no_gaze);
  somebody.eyes.reset();
  EXPECT_EQ(somebody.run(20.0, head_stands_in), 0.0) << "the therapist goes on without the tracker";
}

}  // namespace
}  // namespace attune::session
