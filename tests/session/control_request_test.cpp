#include "session/control/request.hpp"

#include <gtest/gtest.h>

#include "session/control/line_splitter.hpp"
#include "session/control/names.hpp"

// What a line of the control socket may ask for, as docs/control.md says.
namespace attune::session::control {
namespace {

TEST(ControlRequest, EveryCommandOfTheTherapistHasAName) {
  std::size_t commands = 0;
  for (const auto name : command_names()) {
    const auto request = read_request("{\"do\":\"" + std::string(name) + "\",\"value\":90}");
    ASSERT_TRUE(request.act) << name << ": " << request.problem;
    EXPECT_EQ(request.act->kind, Act::Kind::command);
    EXPECT_EQ(name_of(request.act->command.kind), name);
    ++commands;
  }
  EXPECT_EQ(commands, static_cast<std::size_t>(telemetry::CommandKind::raise_ceiling));
}

TEST(ControlRequest, ARaisedCeilingIsInSuds) {
  const auto request = read_request(R"({"do":"raise_ceiling","value":90})");
  ASSERT_TRUE(request.act);
  EXPECT_FLOAT_EQ(request.act->command.value, 0.9F);
}

TEST(ControlRequest, AnAnswerSaidAloudIsAReportInItsUnit) {
  for (const auto name : report_names()) {
    const auto request = read_request("{\"do\":\"" + std::string(name) + "\",\"value\":4}");
    ASSERT_TRUE(request.act) << name;
    EXPECT_EQ(request.act->kind, Act::Kind::report);
    EXPECT_EQ(name_of(request.act->report), name);
    EXPECT_EQ(request.act->value, 4.0F);
  }
}

TEST(ControlRequest, WordsOfThePatientAreTakenAsTheyAre) {
  const auto request = read_request(R"({"do":"feared","text":"Ich stürze – ab 😨"})");
  ASSERT_TRUE(request.act) << request.problem;
  EXPECT_EQ(request.act->kind, Act::Kind::feared);
  EXPECT_EQ(std::string(request.act->text.begin(), request.act->text.end()), "Ich stürze – ab 😨");
}

TEST(ControlRequest, TheIdComesBackAsItWasGiven) {
  EXPECT_EQ(read_request(R"({"id":7,"do":"stop"})").id, "7");
  EXPECT_EQ(read_request(R"({"id":"a\nb","do":"stop"})").id, R"("a\nb")");
  EXPECT_EQ(read_request(R"({"id":7,"do":"fly"})").id, "7") << "a refusal is told to whoever asked";
  EXPECT_EQ(read_request(R"({"do":"stop"})").id, "");
}

TEST(ControlRequest, AnActMayWaitForATimeOfTheSession) {
  const auto request = read_request(R"({"do":"stop","at_s":12.5})");
  ASSERT_TRUE(request.act);
  EXPECT_EQ(request.act->not_before, core::at_seconds(12.5));
}

TEST(ControlRequest, WhatIsNoRequestIsRefusedWithAReasonAndNothingElse) {
  const std::string deep(2000, '[');
  const std::string long_text(Act::longest_text + 1, 'a');
  const std::string long_line = R"({"do":"stop","more":")" + std::string(longest_line, 'a') + "\"}";
  for (const std::string& line : {
           std::string("nonsense"),
           std::string("{"),
           std::string("[]"),
           std::string("null"),
           std::string("7"),
           std::string("{}"),
           std::string(R"({"do":7})"),
           std::string(R"({"do":"STOP"})"),
           std::string(R"({"do":"stop"}x)"),
           std::string("{\"do\":\"stop\xff\"}"),
           std::string(R"({"do":"suds"})"),
           std::string(R"({"do":"suds","value":"60"})"),
           std::string(R"({"do":"suds","value":-1})"),
           std::string(R"({"do":"suds","value":101})"),
           std::string(R"({"do":"suds","value":1e999})"),
           std::string(R"({"do":"comfort","value":11})"),
           std::string(R"({"do":"choice","value":1.5})"),
           std::string(R"({"do":"choice","value":5})"),
           std::string(R"({"do":"raise_ceiling"})"),
           std::string(R"({"do":"raise_ceiling","value":101})"),
           std::string(R"({"do":"feared"})"),
           std::string(R"({"do":"feared","text":""})"),
           std::string(R"({"do":"feared","text":"a\u001b[2Jb"})"),
           std::string("{\"do\":\"feared\",\"text\":\"a\xc2\x9b"
                       "2Jb\"}"),
           R"({"do":"feared","text":")" + long_text + "\"}",
           std::string(R"({"do":"stop","at_s":-1})"),
           std::string(R"({"do":"stop","at_s":"now"})"),
           std::string(R"({"do":"stop","id":[1]})"),
           R"({"do":"stop","id":")" + std::string(65, 'a') + "\"}",
           deep,
           long_line,
       }) {
    const auto request = read_request(line);
    EXPECT_FALSE(request.problem.empty()) << line.substr(0, 80);
    EXPECT_FALSE(request.act) << line.substr(0, 80);
  }
}

TEST(ControlLines, AreTheSameInWhateverPiecesTheyCome) {
  const std::string bytes = "one\ntwo\r\n\nthree\nopen";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    LineSplitter splitter(16);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      splitter.push(
          std::string_view(bytes).substr(at, piece), [&](auto line) { lines.emplace_back(line); },
          [] { FAIL(); });
    }
    EXPECT_EQ(lines, (std::vector<std::string>{"one", "two", "three"})) << "in pieces of " << piece;
  }
}

TEST(ControlLines, OneThatIsTooLongIsToldOnceAndTheNextIsRead) {
  LineSplitter splitter(16);
  int too_long = 0;
  std::vector<std::string> lines;
  const auto push = [&](std::string_view bytes) {
    splitter.push(
        bytes, [&](auto line) { lines.emplace_back(line); }, [&] { ++too_long; });
  };
  for (int i = 0; i < 1000; ++i) push("0123456789");
  EXPECT_EQ(too_long, 1);
  push("\nnext\n");
  EXPECT_EQ(too_long, 1);
  EXPECT_EQ(lines, std::vector<std::string>{"next"});
  push("0123456789abcdef\n0123456789abcdefg\n");
  EXPECT_EQ(lines.size(), 2u) << "16 bytes are a line, 17 are too many";
  EXPECT_EQ(too_long, 2);
}

}  // namespace
}  // namespace attune::session::control
