#include "sensors/board.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "support/allocations.hpp"

namespace attune::sensors {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t began = 5000 * second;  // of CLOCK_MONOTONIC, when the session did

FrameInstant at_s(double seconds) {
  return {core::at_seconds(seconds), began + core::at_seconds(seconds).ns};
}

Message value(Stream stream, double number, double measured_s, std::uint8_t rank = 0, std::uint8_t part = 0) {
  Message message;
  message.sample = {.stream = stream,
                    .rank = rank,
                    .part = part,
                    .value = static_cast<float>(number),
                    .measured_ns = at_s(measured_s).monotonic_ns};
  return message;
}

Message flagged(Stream stream, Fault fault, double measured_s, std::uint8_t rank = 0) {
  auto message = value(stream, 0.0, measured_s, rank);
  message.sample.fault = fault;
  return message;
}

TEST(Board, ShowsAValueWithItsAge) {
  Board board;
  board.take(value(Stream::heart_rate_bpm, 72.0, 1.0));
  board.look(at_s(1.5));
  const auto& reading = board.reading(Stream::heart_rate_bpm);
  EXPECT_TRUE(reading.valid);
  EXPECT_FLOAT_EQ(reading.value, 72.0F);
  EXPECT_NEAR(reading.age_s, 0.5F, 1e-6F);
}

TEST(Board, FlagsSilenceAndNothingElseThanSilence) {
  Board board;
  board.look(at_s(0.0));
  EXPECT_EQ(board.fault(Stream::heart_rate_bpm), Fault::never);
  board.take(value(Stream::heart_rate_bpm, 72.0, 0.0));
  board.look(at_s(9.9));
  EXPECT_EQ(board.fault(Stream::heart_rate_bpm), Fault::none);
  board.look(at_s(10.1));
  EXPECT_EQ(board.fault(Stream::heart_rate_bpm), Fault::silent);
  EXPECT_FALSE(board.reading(Stream::heart_rate_bpm).valid);
  board.take(value(Stream::heart_rate_bpm, 73.0, 10.2));
  board.look(at_s(10.3));
  EXPECT_TRUE(board.reading(Stream::heart_rate_bpm).valid);
}

TEST(Board, FlagsNonsenseAtOnceAndShowsNoneOfIt) {
  const std::vector<std::pair<double, Fault>> nonsense{
      {0.0, Fault::out_of_range},   {-1.0, Fault::out_of_range}, {400.0, Fault::out_of_range},
      {1e300, Fault::not_a_number}, {NAN, Fault::not_a_number},  {INFINITY, Fault::not_a_number}};
  for (const auto& [number, fault] : nonsense) {
    Board board;
    board.take(value(Stream::heart_rate_bpm, 72.0, 0.0));
    board.take(value(Stream::heart_rate_bpm, number, 0.5));
    board.look(at_s(1.0));
    EXPECT_EQ(board.fault(Stream::heart_rate_bpm), fault) << number;
    EXPECT_FALSE(board.reading(Stream::heart_rate_bpm).valid) << number;
    EXPECT_EQ(board.reading(Stream::heart_rate_bpm).value, 0.0F) << number;
  }
}

TEST(Board, FlagsASampleFromBeforeTheLastOneUntilTimeGoesOn) {
  Board board;
  board.take(value(Stream::heart_rate_bpm, 72.0, 2.0));
  board.take(value(Stream::heart_rate_bpm, 90.0, 1.0));
  board.look(at_s(2.1));
  EXPECT_EQ(board.fault(Stream::heart_rate_bpm), Fault::back_in_time);
  board.take(value(Stream::heart_rate_bpm, 73.0, 2.2));
  board.look(at_s(2.3));
  EXPECT_EQ(board.reading(Stream::heart_rate_bpm).value, 73.0F);
}

TEST(Board, BelievesTheBetterSourceAsLongAsItHasSomethingToSay) {
  Board board;
  board.take(value(Stream::heart_rate_bpm, 72.0, 0.0, 0));
  board.take(value(Stream::heart_rate_bpm, 80.0, 1.0, 1));
  board.look(at_s(1.0));
  EXPECT_EQ(board.reading(Stream::heart_rate_bpm).value, 72.0F);
  board.take(flagged(Stream::heart_rate_bpm, Fault::no_contact, 1.5));
  board.look(at_s(2.0));
  EXPECT_EQ(board.reading(Stream::heart_rate_bpm).value, 80.0F)
      << "nonsense of one is not silence of the other";
  board.take(flagged(Stream::heart_rate_bpm, Fault::disconnected, 2.0, 1));
  board.look(at_s(2.0));
  EXPECT_EQ(board.fault(Stream::heart_rate_bpm), Fault::no_contact);
}

TEST(Board, TakesTheMeanOfBothSidesOrTheOneThatIsThere) {
  Board board;
  board.take(value(Stream::smile, 0.2, 0.0, 0, 0));
  board.look(at_s(0.1));
  EXPECT_FLOAT_EQ(board.reading(Stream::smile).value, 0.2F);
  board.take(value(Stream::smile, 0.6, 0.0, 0, 1));
  board.look(at_s(0.1));
  EXPECT_FLOAT_EQ(board.reading(Stream::smile).value, 0.4F);
}

TEST(Board, ShowsEveryBeatOnceAndTellsTheNextByAFallingAge) {
  Board board;
  const std::vector<double> beats_s{0.8, 1.6, 2.5, 3.3};
  for (const double beat_s : beats_s) board.take(value(Stream::rr_ms, 800.0 + 100.0 * beat_s, beat_s));
  std::size_t shown = 0;
  float last_age_s = 1e9F;
  for (int frame = 0; frame < 72; ++frame) {
    board.look(at_s(3.5 + frame / 72.0));
    const auto& reading = board.reading(Stream::rr_ms);
    ASSERT_TRUE(reading.valid);
    if (reading.age_s < last_age_s) {
      EXPECT_NEAR(reading.value, 800.0 + 100.0 * beats_s.at(shown), 0.01);
      ++shown;
    }
    last_age_s = reading.age_s;
  }
  EXPECT_EQ(shown, beats_s.size());
}

TEST(Board, SaysWhenASensorComesAndWhyItWent) {
  Board board;
  Notice notice;
  board.look(at_s(0.0));
  EXPECT_FALSE(board.next_notice(notice)) << "a sensor that was never there is no news";
  board.take(value(Stream::heart_rate_bpm, 72.0, 0.5));
  board.look(at_s(0.5));
  ASSERT_TRUE(board.next_notice(notice));
  EXPECT_EQ(notice.kind, Notice::Kind::came);
  EXPECT_EQ(notice.time, core::at_seconds(0.5));
  board.take(value(Stream::heart_rate_bpm, 0.0, 4.0));
  board.look(at_s(4.0));
  ASSERT_TRUE(board.next_notice(notice));
  EXPECT_EQ(notice.kind, Notice::Kind::went);
  EXPECT_EQ(words(notice), "heart rate: a value that no body has");
}

TEST(Board, FlagsThePupilOfClosedEyesAtOnceAndCallsNoBlinkALossOfTheSensor) {
  Board board;
  Notice notice;
  const auto look = [&](double width_mm, double time_s) {
    board.take(value(Stream::pupil_mm, width_mm, time_s));
    board.look(at_s(time_s));
  };
  look(3.9, 0.0);
  ASSERT_TRUE(board.next_notice(notice));
  EXPECT_EQ(words(notice), "pupil: values come in");
  look(3.9, 3.9);
  for (double t = 4.0; t < 4.4; t += 0.1) {
    look(0.0, t);
    EXPECT_FALSE(board.reading(Stream::pupil_mm).valid) << t;
  }
  look(3.9, 4.4);
  EXPECT_TRUE(board.reading(Stream::pupil_mm).valid);
  EXPECT_FALSE(board.next_notice(notice)) << words(notice);
  for (double t = 5.0; t < 7.0; t += 0.1) look(0.0, t);
  ASSERT_TRUE(board.next_notice(notice)) << "two seconds are no blink";
  EXPECT_EQ(words(notice), "pupil: a value that no body has");
}

TEST(Board, DoesNotFillARecordingWhenASensorFlickers) {
  Board board;
  for (int i = 0; i < 1000; ++i) {
    board.take(value(Stream::heart_rate_bpm, i % 2 == 0 ? 72.0 : 0.0, i * 0.01));
    board.look(at_s(i * 0.01));
  }
  int notices = 0;
  for (Notice notice; board.next_notice(notice);) ++notices;
  EXPECT_GE(notices, 2);
  EXPECT_LE(notices, 6) << "ten seconds of flicker";
}

TEST(Board, SaysHowASensorsClockStandsToTheSessionsOnceAMinute) {
  Board board;
  Message message;
  message.kind = Message::Kind::clock;
  message.clock_of = Group::eeg;
  message.clock = {.offset_s = 5000.0 - 77.0, .drift_ppm = 31.0, .settled = true};
  int notices = 0;
  for (int i = 0; i < 130; ++i) {
    board.take(message);
    board.look(at_s(i));
    for (Notice notice; board.next_notice(notice); ++notices) {
      EXPECT_EQ(notice.kind, Notice::Kind::clock);
      EXPECT_NEAR(notice.clock.offset_s, -77.0, 1e-6) << "session time minus the sensor's";
      EXPECT_EQ(notice.clock.drift_ppm, 31.0);
    }
  }
  EXPECT_EQ(notices, 3);
}

/// A message of random bits, and now and then a likely one.
Message any_message(std::mt19937_64& random, double now_s) {
  Message message;
  message.kind = random() % 20 == 0 ? Message::Kind::clock : Message::Kind::sample;
  auto& sample = message.sample;
  sample.stream = static_cast<Stream>(random() % stream_count);
  sample.rank = static_cast<std::uint8_t>(random() % 5);
  sample.part = static_cast<std::uint8_t>(random() % 3);
  sample.fault = random() % 4 == 0 ? static_cast<Fault>(random() % 8) : Fault::none;
  const auto bits = static_cast<std::uint32_t>(random());
  std::memcpy(&sample.value, &bits, sizeof bits);
  if (random() % 2 == 0) {
    const auto& row = info(sample.stream);
    sample.value = std::uniform_real_distribution<float>(row.least * 0.5F, row.most * 1.5F)(random);
  }
  sample.measured_ns = at_s(now_s).monotonic_ns;
  if (random() % 3 == 0) sample.measured_ns = static_cast<std::int64_t>(random() >> (random() % 63));
  message.clock_of = static_cast<Group>(random() % group_count);
  return message;
}

TEST(Board, NeverShowsAnUnflaggedValueThatNoBodyHasWhateverIsSent) {
  std::mt19937_64 random(1);
  int valid = 0, invalid = 0;
  for (int round = 0; round < 50; ++round) {
    Board board;
    for (int frame = 0; frame < 400; ++frame) {
      const double now_s = frame / 72.0;
      for (auto count = random() % 8; count > 0; --count) board.take(any_message(random, now_s));
      board.look(at_s(now_s));
      for (std::size_t i = 0; i < stream_count; ++i) {
        const auto& reading = board.reading(static_cast<Stream>(i));
        const auto& row = stream_table[i];
        if (!reading.valid) {
          ++invalid;
          ASSERT_EQ(reading.value, 0.0F);
          ASSERT_NE(board.fault(static_cast<Stream>(i)), Fault::none);
          continue;
        }
        ++valid;
        ASSERT_TRUE(reading.value >= row.least && reading.value <= row.most) << row.name << reading.value;
        ASSERT_TRUE(reading.age_s >= 0.0F && reading.age_s <= row.oldest_s) << row.name << reading.age_s;
      }
    }
  }
  EXPECT_GT(valid, 1000) << "a board that shows nothing would pass too";
  EXPECT_GT(invalid, 1000);
}

TEST(Board, AllocatesNothing) {
  Board board;
  std::mt19937_64 random(2);
  const auto before = test::allocations();
  for (int frame = 0; frame < 1000; ++frame) {
    board.take(any_message(random, frame / 72.0));
    board.look(at_s(frame / 72.0));
    for (Notice notice; board.next_notice(notice);) {}
  }
  EXPECT_EQ(test::allocations(), before);
}

}  // namespace
}  // namespace attune::sensors
