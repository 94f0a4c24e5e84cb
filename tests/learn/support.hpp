#pragma once

#include <unistd.h>

#include <filesystem>
#include <random>
#include <string>

#include "attune/learn/card.hpp"
#include "attune/learn/training.hpp"
#include "support/scratch_folder.hpp"

namespace attune::learn::test {

using attune::test::ScratchFolder;

/// People whose label is told by two features; a third is missing in every other sample.
inline Dataset people(std::size_t count, std::size_t samples_each = 24) {
  Dataset data;
  std::mt19937_64 random(5);
  std::normal_distribution<float> noise(0.0F, 1.0F);
  for (std::size_t person = 0; person < count; ++person) {
    for (std::size_t i = 0; i < samples_each; ++i) {
      Dataset::Sample sample;
      const float a = noise(random), b = noise(random), c = noise(random);
      const auto set = [&](std::size_t feature, float value) {
        sample.features.value[feature] = value;
        sample.features.present[feature] = true;
      };
      set(0, 2.0F + a);
      set(80, 10.0F * b);
      if (i % 2 == 0) set(90, c);
      sample.label = 1.0F / (1.0F + std::exp(-(a - b)));
      sample.person = std::string("P").append(std::to_string(person));
      sample.visit = std::to_string(i / 6);
      sample.set = person % 2 == 0 ? "even" : "odd";
      sample.length_s = 60.0F;
      data.add(sample);
    }
  }
  return data;
}

inline CardText card_text(const std::string& licence = "MIT") {
  CardText text;
  text.sets = {{"self-made", licence, "a made-up label", 8, 32, 192, 0}};
  text.command = "attune train state --data here -o state_monitor.pt";
  text.protocol = "A test.";
  return text;
}

}  // namespace attune::learn::test
