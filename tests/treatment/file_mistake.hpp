#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace attune::treatment {

/// One mistake in an otherwise sound file: what is changed, the key that is named, and words of the message.
struct FileMistake {
  const char *was, *is, *key, *words;
  bool alone = true;  ///< nothing else in the file becomes wrong by it
};

/// Reads `sound` with the mistake in it, and expects an error that names the mistake's line and key, and
/// nothing else.
/// @param parse  Programme::parse or its like.
template <typename Parse>
void expect_named_with_line_and_key(const FileMistake& mistake, std::string sound, const Parse& parse) {
  const auto at = sound.find(mistake.was);
  ASSERT_NE(at, std::string::npos) << mistake.was;
  const auto line = 1 + std::count(sound.begin(), sound.begin() + static_cast<long>(at), '\n');
  sound.replace(at, std::string(mistake.was).size(), mistake.is);
  const auto read = parse(sound, "bad.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message,
              testing::HasSubstr("bad.toml:" + std::to_string(line) + ": " + mistake.key + ": "));
  EXPECT_THAT(read.error().message, testing::HasSubstr(mistake.words));
  if (mistake.alone) {
    EXPECT_THAT(read.error().message, testing::Not(testing::HasSubstr("\n"))) << "one mistake is told once";
  }
}

}  // namespace attune::treatment
