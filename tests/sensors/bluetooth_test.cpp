#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bluez_service.hpp"
#include "listening.hpp"
#include "private_bus.hpp"

// A real bus, on which a small service shows what BlueZ shows. No adapter and no radio is needed.
namespace attune::sensors {
namespace {

using Bytes = std::vector<std::uint8_t>;
using test::BluezService;
using test::PrivateBus;
using test::Strap;

/// One value of a strap that touches the skin: rate, and one interval of so many 1/1024 s.
Bytes beat(std::uint8_t rate_bpm, std::uint16_t rr_1024) {
  return {0x16, rate_bpm, static_cast<std::uint8_t>(rr_1024 & 0xFF), static_cast<std::uint8_t>(rr_1024 >> 8)};
}

struct Bluetooth : testing::Test {
  PrivateBus bus;
  Strap strap{"Polar H10 1", "A0:00:00:00:00:01"}, other{"Polar H10 2", "A0:00:00:00:00:02"};

  [[nodiscard]] std::string config(const std::string& more = "") const {
    return "[bluetooth]\nlook_s = 0.3\nbus = \"" + bus.address() + "\"\n" + more;
  }
  /// Frames, while a strap sends, until something is so.
  template <typename Condition>
  bool while_sending(Listening& session, Strap& sender, const Bytes& value, Condition condition) {
    return session.until([&] {
      sender.measure(value);
      return condition();
    });
  }
  bool heard(Listening& session, Strap& sender, std::uint8_t rate_bpm) {
    return while_sending(session, sender, beat(rate_bpm, 800), [&] {
      return session.reading(Stream::heart_rate_bpm).value == static_cast<float>(rate_bpm);
    });
  }
};

TEST_F(Bluetooth, FindsTheOnlySensorInRangeByItsServiceAndListensToIt) {
  BluezService bluez(bus.address(), {&strap});
  Listening session(config());
  ASSERT_TRUE(heard(session, strap, 72)) << session.state();
  EXPECT_EQ(session.state(), "listening to Polar H10 1 (A0:00:00:00:00:01)");
  ASSERT_TRUE(session.until_valid(Stream::rr_ms));
  EXPECT_NEAR(session.reading(Stream::rr_ms).value, 781.25, 1e-3) << "800/1024 s";
  EXPECT_EQ(session.vitals.heart_rate_bpm.value, 72.0F);
  EXPECT_TRUE(session.vitals.heart_rate_bpm.valid);
}

TEST_F(Bluetooth, FlagsMissingContactAndNonsense) {
  BluezService bluez(bus.address(), {&strap});
  Listening session(config());
  ASSERT_TRUE(heard(session, strap, 72)) << session.state();
  const auto fault_is = [&](Fault fault) {
    return [&session, fault] { return session->fault(Stream::heart_rate_bpm) == fault; };
  };
  EXPECT_TRUE(while_sending(session, strap, {0x04, 72}, fault_is(Fault::no_contact)));
  EXPECT_FALSE(session.vitals.heart_rate_bpm.valid);
  EXPECT_TRUE(while_sending(session, strap, {0x06, 0}, fault_is(Fault::out_of_range)));
  EXPECT_TRUE(while_sending(session, strap, {0x07, 0x90, 0x01}, fault_is(Fault::out_of_range))) << "400 bpm";
  EXPECT_TRUE(while_sending(session, strap, {0x07, 0x90}, [&] {
    return !session->status().at(0).unread.empty();
  })) << "a value that is cut short";
  EXPECT_TRUE(heard(session, strap, 73));
}

TEST_F(Bluetooth, FlagsABrokenLinkAndListensAgainWhenTheSensorIsBack) {
  BluezService bluez(bus.address(), {&strap});
  Listening session(config());
  ASSERT_TRUE(heard(session, strap, 72)) << session.state();
  strap.walk_away();
  EXPECT_TRUE(session.until_fault(Stream::heart_rate_bpm, Fault::disconnected));
  EXPECT_TRUE(session.until_fault(Stream::rr_ms, Fault::disconnected));
  EXPECT_TRUE(heard(session, strap, 75)) << session.state();
  EXPECT_EQ(strap.connects(), 2);
}

TEST_F(Bluetooth, TakesNoneOfSeveralSensorsUnlessTold) {
  BluezService bluez(bus.address(), {&strap, &other});
  Listening session(config());
  const auto said = session.state_with("several");
  EXPECT_NE(said.find("Polar H10 1 (A0:00:00:00:00:01), Polar H10 2 (A0:00:00:00:00:02)"), std::string::npos)
      << said;
  EXPECT_FALSE(session.until([&] { return strap.connects() + other.connects() > 0; }, 0.8))
      << "another patient may wear it";
}

TEST_F(Bluetooth, TakesTheSensorThatIsNamedByNameOrAddress) {
  for (const std::string name : {"polar h10 2", "a0:00:00:00:00:02"}) {
    BluezService bluez(bus.address(), {&strap, &other});
    Listening session(config("device = \"" + name + "\"\n"));
    EXPECT_TRUE(heard(session, other, 81)) << session.state();
  }
  EXPECT_EQ(strap.connects(), 0);
}

TEST_F(Bluetooth, NeverTakesAnotherSensorInThePlaceOfTheOneItHad) {
  BluezService bluez(bus.address(), {&strap, &other});
  Listening session(config("device = \"Polar H10 1\"\n"));
  ASSERT_TRUE(heard(session, strap, 72));
  bluez.forget(strap);
  EXPECT_TRUE(session.until_fault(Stream::heart_rate_bpm, Fault::disconnected));
  EXPECT_FALSE(session.until([&] { return other.connects() > 0; }, 1.0));
}

TEST_F(Bluetooth, TriesAgainWhenConnectingFails) {
  strap.fail_next_connects(2);
  BluezService bluez(bus.address(), {&strap});
  Listening session(config());
  const auto said = session.state_with("cannot connect");
  EXPECT_NE(said.find("le-connection-abort-by-local"), std::string::npos) << said;
  EXPECT_TRUE(heard(session, strap, 72)) << session.state();
  EXPECT_EQ(strap.connects(), 3);
}

TEST_F(Bluetooth, WaitsForServicesThatComeAfterTheyAreCalledKnown) {
  strap.show_services_late();
  BluezService bluez(bus.address(), {&strap});
  Listening session(config());
  ASSERT_TRUE(session.until([&] { return strap.connected(); })) << session.state();
  EXPECT_FALSE(session.until([&] { return strap.notifying(); }, 0.5));
  strap.show_services();
  EXPECT_TRUE(heard(session, strap, 72)) << session.state();
}

TEST_F(Bluetooth, WaitsForAServiceThatIsNotRunningAndForOneThatStarts) {
  Listening session(config());
  EXPECT_NE(session.state_with("start the service bluetooth").find("start the service"), std::string::npos);
  {
    BluezService bluez(bus.address(), {&strap});
    EXPECT_TRUE(heard(session, strap, 72)) << session.state();
  }
  EXPECT_TRUE(session.until_fault(Stream::heart_rate_bpm, Fault::disconnected)) << "it was stopped";
  BluezService restarted(bus.address(), {&strap});
  EXPECT_TRUE(heard(session, strap, 74)) << session.state();
}

TEST_F(Bluetooth, SaysWhatIsMissing) {
  {
    BluezService bluez(bus.address(), {}, {.there = false});
    Listening session(config());
    EXPECT_EQ(session.state_with("no Bluetooth adapter"),
              "this machine has no Bluetooth adapter: plug one in");
  }
  {
    BluezService bluez(bus.address(), {}, {.powered = false});
    Listening session(config());
    EXPECT_EQ(session.state_with("switched off"),
              "the Bluetooth adapter is switched off: bluetoothctl power on");
  }
  {
    BluezService bluez(bus.address(), {});
    Listening session(config());
    EXPECT_EQ(session.state_with("looking"),
              "looking for a heart-rate sensor: is it worn, and not connected to a phone?");
  }
  Listening session("[bluetooth]\nbus = \"unix:path=/nowhere/bus\"\n");
  EXPECT_NE(session.state_with("no D-Bus").find("no D-Bus, or it is lost"), std::string::npos);
}

TEST_F(Bluetooth, LeavesTheSensorToOthersWhenTheSessionEnds) {
  BluezService bluez(bus.address(), {&strap});
  {
    Listening session(config());
    ASSERT_TRUE(heard(session, strap, 72)) << session.state();
    EXPECT_TRUE(strap.connected());
  }
  EXPECT_FALSE(strap.connected());
}

TEST_F(Bluetooth, IsBelievedBeforeABridgeAndReplacedByItWhenItGoes) {
  BluezService bluez(bus.address(), {&strap});
  Listening session(config("[osc]\nport = 0\n"));
  ASSERT_TRUE(session.until([&] { return session->status().at(1).progress == Progress::working; }));
  const auto said = session->status().at(1).state;
  const auto port = said.substr(said.rfind(' ') + 1);
  ASSERT_TRUE(heard(session, strap, 72)) << session.state();
  const auto outcome =
      test::RunningProgram({"oscsend", "127.0.0.1", port, "/avatar/parameters/HR", "i", "80"}).end_within(10);
  ASSERT_TRUE(outcome && outcome->status == 0);
  EXPECT_FALSE(session.until(
      [&] {
        strap.measure(beat(72, 800));
        return session.reading(Stream::heart_rate_bpm).value != 72.0F;
      },
      0.5));
  strap.fail_next_connects(100);
  strap.walk_away();
  EXPECT_TRUE(session.until([&] { return session.reading(Stream::heart_rate_bpm).value == 80.0F; }));
}

}  // namespace
}  // namespace attune::sensors
