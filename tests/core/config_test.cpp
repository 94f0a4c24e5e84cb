#include "attune/core/config.hpp"

#include <gtest/gtest.h>

namespace attune::core {
namespace {

ConfigFile parsed(const std::string& text) { return *ConfigFile::parse(text, "file.toml"); }

TEST(Config, ValuesComeOutAsTheyWereWritten) {
  auto file =
      parsed("name = 'heights'\nheight_m = 60\nopen = true\nsteps = [1, 2.5]\n[limits]\nceiling = 0.85\n");
  auto& root = file.root();
  EXPECT_EQ(root.text("name"), "heights");
  EXPECT_EQ(root.number("height_m", 0, 100), 60.0);
  EXPECT_TRUE(root.flag("open"));
  EXPECT_EQ(root.numbers("steps", 0, 10), (std::vector<double>{1, 2.5}));
  EXPECT_EQ(root.table("limits").number("ceiling", 0, 1), 0.85);
  root.finish();
  EXPECT_TRUE(file.check().ok());
}

/// A letter in UTF-8, below U+0800.
std::string utf8(int letter) {
  return {static_cast<char>(0xC0 | letter >> 6), static_cast<char>(0x80 | (letter & 0x3F))};
}

TEST(Config, LettersBeyondAsciiOutsideTextsAreRefused) {
  for (int letter = 0xA1; letter < 0x600; ++letter) {
    for (const auto& line : {utf8(letter) + " = 2", "b" + utf8(letter) + " = 2", "b = " + utf8(letter),
                             "b = 2 " + utf8(letter), "[" + utf8(letter) + "]"}) {
      const auto read = ConfigFile::parse("a = 1\n" + line + "\n", "file.toml");
      ASSERT_FALSE(read.ok()) << line;
      EXPECT_EQ(read.error().message.find("file.toml:2: is not TOML"), 0U) << read.error().message;
    }
    EXPECT_TRUE(ConfigFile::parse("a = '" + utf8(letter) + "'  # " + utf8(letter), "file.toml")) << letter;
  }
}

TEST(Config, BrokenHeadsOfTablesAreRefused) {
  for (const auto* head : {"[[ = 'x'", "[[", "[ ]", "[[]]", "[[a]", "[=]", "[a.]", "[.a]"}) {
    const auto read = ConfigFile::parse(std::string("a = 1\n") + head + "\nb = 2\n", "file.toml");
    ASSERT_FALSE(read.ok()) << head;
    EXPECT_NE(read.error().message.find("is not TOML"), std::string::npos) << read.error().message;
  }
}

TEST(Config, EveryMistakeIsNamedWithItsLineAndKey) {
  auto file = parsed("height_m = 75\nname = 3\n\n[limits]\nceiling = 'high'\nsurplus = 1\n");
  auto& root = file.root();
  (void)root.number("height_m", 0, 60);
  (void)root.text("name");
  (void)root.text("missing");
  auto limits = root.table("limits");
  (void)limits.number("ceiling", 0, 1);
  limits.finish();
  root.finish();
  const auto checked = file.check();
  ASSERT_FALSE(checked.ok());
  const auto& message = checked.error().message;
  EXPECT_NE(message.find("file.toml:1: height_m: is 75, outside 0 to 60"), std::string::npos) << message;
  EXPECT_NE(message.find("file.toml:2: name: must be a text in quotes"), std::string::npos) << message;
  EXPECT_NE(message.find("missing: is missing"), std::string::npos) << message;
  EXPECT_NE(message.find("file.toml:5: limits.ceiling: must be a number"), std::string::npos) << message;
  EXPECT_NE(message.find("file.toml:6: limits.surplus: is not a key that belongs here"), std::string::npos)
      << message;
}

std::string dotted(int names) {
  std::string text = "a";
  for (int i = 1; i < names; ++i) text += " . 'b'";
  return text;
}

TEST(Config, ANameOfMoreDotsThanAnybodyWritesIsRefusedWithItsLine) {
  for (const int names : {18, 100'000}) {
    for (const auto& line : {"[" + dotted(names) + "]", "[[" + dotted(names) + "]]", dotted(names) + " = 1",
                             "x = { " + dotted(names) + " = 1 }"}) {
      const auto read = ConfigFile::parse("a = \"\"\"\n...\"\"\"\n" + line + "\n", "file.toml");
      ASSERT_FALSE(read.ok()) << line.substr(0, 80);
      EXPECT_EQ(read.error().message.find("file.toml:3: is not TOML"), 0U) << read.error().message;
    }
  }
  EXPECT_TRUE(ConfigFile::parse("[" + dotted(17) + "]\n", "file.toml"));
  // Nor is a text or a comment a name, or are numbers one, however many dots they have.
  const std::string prose = "....a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v";
  for (const auto& text :
       {"# " + prose, "a = '" + prose + "'", "a = \"\\\"" + prose + "\"", "a = '''\n'" + prose + "'''",
        std::string("a = [0.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, "
                    "1.5, 1.5, 1.5, 1.5, 1.5]")})
    EXPECT_TRUE(ConfigFile::parse(text + "\n", "file.toml")) << text;
}

TEST(Config, AMistakeIsToldInOneLineThatNoTerminalObeys) {
  auto file = parsed("\"a\\u001b[2J\\nb\" = 1\nkind = 'x'\n");
  (void)file.root().text("kind");
  file.root().problem("kind", "is 'x\n\x1b[31m'");
  file.root().finish();
  const auto checked = file.check();
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().message,
            "file.toml:1: a?[2J?b: is not a key that belongs here\nfile.toml:2: kind: is 'x??[31m'");
}

TEST(Config, OneMistakeIsToldOnce) {
  auto file = parsed("a = [true, 2]\nb = 3\nc = 'three'\n");
  auto& root = file.root();
  EXPECT_FALSE(root.has_mistake("a"));
  EXPECT_TRUE(root.numbers("a", 0, 9).empty()) << "true is no number";
  EXPECT_TRUE(root.has_mistake("a"));
  root.problem("a", "must be two");
  EXPECT_EQ(file.problems().size(), 1U);
  root.problem("b", "is odd");
  EXPECT_EQ(file.problems().size(), 2U) << "another key is another mistake";
  EXPECT_FALSE(root.has_mistake("c"));
  (void)root.text("d");
  EXPECT_TRUE(root.has_mistake("d")) << "it is missing";
}

TEST(Config, ANumberThatIsNoneIsRefused) {
  auto file = parsed("a = nan\nb = inf\n");
  (void)file.root().number("a", 0, 1);
  (void)file.root().number("b", 0, 1);
  EXPECT_EQ(file.problems().size(), 2u);
}

TEST(Config, TextThatIsNotTomlIsRefusedWithItsLine) {
  const auto broken = ConfigFile::parse("a = 1\nb = = 2\n", "file.toml");
  ASSERT_FALSE(broken.ok());
  EXPECT_NE(broken.error().message.find("file.toml:2:"), std::string::npos) << broken.error().message;
}

TEST(Config, AMissingFileIsBadInput) {
  const auto missing = ConfigFile::read("/nowhere/x.toml");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, Error::Kind::bad_input);
}

}  // namespace
}  // namespace attune::core
