#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>

#include "attune/record/recorder.hpp"
#include "attune/record/recording.hpp"
#include "support/scratch_folder.hpp"

namespace attune::report {

/// A session that `fill` has recorded, closed and opened again.
class Recorded {
 public:
  Recorded(double rate_hz, const std::function<void(record::Recorder&)>& fill) {
    const auto key = record::Key::generate();
    record::Meta meta;
    meta.display_rate_hz = static_cast<float>(rate_hz);
    record::RecorderOptions options;
    options.wait_for_writer = true;
    auto recorder = record::Recorder::create(folder_ / "s.attune", meta, key, options);
    fill(**recorder);
    EXPECT_TRUE((*recorder)->close());
    auto opened = record::Recording::open(folder_ / "s.attune", {key});
    EXPECT_TRUE(opened) << opened.error().message;
    recording_.emplace(std::move(*opened));
  }
  const record::Recording& operator*() const { return *recording_; }

 private:
  test::ScratchFolder folder_;
  std::optional<record::Recording> recording_;
};

}  // namespace attune::report
