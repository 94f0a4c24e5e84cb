#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attune/telemetry/samples.hpp"

namespace attune::record {

/// Whose session it is. It is said on the first line of every report, and decides which networks may read it.
enum class SourceKind : std::uint8_t {
  person = 0,           ///< somebody under the headset, or a recording of such a session played again
  virtual_patient = 1,  ///< made by `sim`, or a recording of such a session
  import = 2,           ///< a person of a public or foreign data set
};

/// What ran inside the loop.
enum class Inference : std::uint8_t {
  off = 0,     ///< no network: self-reports alone
  folded = 1,  ///< our kernel
  torch = 2,   ///< LibTorch itself
  none = 3,    ///< nothing was decided: an import
};

/// Words for numbers that the streams carry, so that a recording is read without the build that made it.
class NameTable {
 public:
  struct Entry {
    std::uint32_t id = 0;
    std::string name;  ///< UTF-8
    bool operator==(const Entry&) const = default;
  };

  void add(std::uint32_t id, std::string name) { entries_.push_back({id, std::move(name)}); }
  /// The name of an id; empty when the table has none.
  [[nodiscard]] std::string_view find(std::uint32_t id) const {
    for (const auto& entry : entries_) {
      if (entry.id == id) return entry.name;
    }
    return {};
  }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  bool operator==(const NameTable&) const = default;

 private:
  std::vector<Entry> entries_;
};

/// A model that could steer, with the hash of its file.
struct ModelUsed {
  std::string name;  ///< as `state_monitor.pt`
  std::string hash;  ///< BLAKE2b-256, 64 hexadecimal digits (`core::hash_hex`)
  bool operator==(const ModelUsed&) const = default;
};

/// What is true of the whole session. Sealed in the file's first chunk and, for safety, again in its last.
struct Meta {
  std::int64_t start_unix_ns = 0;  ///< wall clock at the first frame, as the caller knows it; 0: not known
  SourceKind source = SourceKind::person;
  std::string source_detail;  ///< a set and visit ("vr-cafe P07 visit 3_3"), a profile and its seed, or empty
  std::string patient;        ///< an alias, never a name
  std::string purpose;        ///< the recorded medical purpose, where the setting needs one
  float display_rate_hz = 0.0F;
  std::string program_id;
  std::string program_text;          ///< the programme's file, whole
  double program_length_s = 0.0;     ///< the session's programme was fitted to this; 0: as prescribed
  std::uint32_t session_number = 1;  ///< of the course, from 1: with which variants the steps began
  std::string world_id;
  std::string build;  ///< version and commit of the build
  std::uint64_t seed = 0;
  Inference inference = Inference::none;
  telemetry::GazeSource gaze = telemetry::GazeSource::none;  ///< what the gaze of this session is made from
  std::string runtime;  ///< name and version of the OpenXR runtime, or of the importer
  std::vector<ModelUsed> models;
  NameTable aois;      ///< `AoiShape::id`
  NameTable features;  ///< position 0..99 of the feature vector, in words
  NameTable reasons;   ///< `DecisionRecord::reason`
  NameTable holds;     ///< number of a bit of `DecisionRecord::holds`
  NameTable states;    ///< `DecisionRecord::state`
  NameTable phases;    ///< `DecisionRecord::phase`
  NameTable prompts;   ///< `scene::Directive::prompt`, the text that was shown

  bool operator==(const Meta&) const = default;
};

}  // namespace attune::record
