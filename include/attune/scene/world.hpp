#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/core/static_vector.hpp"
#include "attune/scene/directive.hpp"
#include "attune/scene/draw_list.hpp"
#include "attune/scene/panel_placement.hpp"
#include "attune/telemetry/frame.hpp"
#include "attune/telemetry/stimulus.hpp"

namespace attune::scene {

/// One question as its panel shows it.
struct QuestionText {
  std::string title;
  std::vector<std::string> options;  ///< of a choice, in the slider's order
};

/// What the panels say, in the patient's language. UTF-8.
struct PanelTexts {
  std::vector<std::string> prompts;     ///< `Directive::prompt` is 1 + index
  std::vector<QuestionText> questions;  ///< `QuestionPanel::text` is 1 + index
  std::string stop = "Stop";
};

/// What the scene needs to know of the patient in one frame.
struct WorldView {
  telemetry::Pose head;
  bool recentred = false;  ///< as `telemetry::Frame::recentred`
};

/// Name of an area of interest, for the recording's header.
struct AoiName {
  std::uint16_t id = 0;  ///< as `telemetry::AoiShape::id`; the same in every session of this world
  telemetry::AoiRole role = telemetry::AoiRole::neutral;
  std::string name;
};

using AoiList = core::StaticVector<telemetry::AoiShape, telemetry::max_aois>;

/// A programme's world together with the safe place, the panels and the guides: turns one directive a frame
/// into what is drawn. Deterministic: the same directives and heads give the same bits. Nothing is allocated
/// in `apply` after its first call.
///
/// The patient never moves: session space stays where it is and the surroundings move instead, within the
/// comfort limits of the world's file. What would have to move faster is shown by a fade to an even grey and
/// back. The fade may close in one frame, so that a stop hides the stimulus in the next frame; it opens
/// slowly and not before a short hold, so that no sequence of directives can flash (WCAG 2.3.1).
class World {
 public:
  World(World&&) noexcept;
  World& operator=(World&&) noexcept;
  ~World();

  [[nodiscard]] const std::string& id() const;
  [[nodiscard]] const std::string& title() const;
  /// Meshes of the world, the safe place and the guides, in metres; constant. Instances point into it by
  /// index.
  [[nodiscard]] const WorldGeometry& geometry() const;
  /// Every area of interest that may appear, the safe place's and the panels' included.
  [[nodiscard]] std::span<const AoiName> aoi_names() const;

  /// One frame. Time that stands still, falls or leaps moves nothing: the step is held within 0 … 0.1 s.
  /// The list is valid until the next call.
  const DrawList& apply(const Directive& directive, const WorldView& view);
  /// The same for a frame that nobody draws: all but the list.
  void advance(const Directive& directive, const WorldView& view);

  /// As drawn by the last `apply` or `advance`, in session space.
  [[nodiscard]] const AoiList& aois() const;
  /// What the last of them shows. `intensity` is what is to be seen, which may lag behind the directive
  /// within the comfort limits; 0 while it is hidden, in the safe place, or behind the fade.
  [[nodiscard]] telemetry::Stimulus stimulus() const;
  /// Wind in the picture and, later, to be heard: 0 still air … 1 strong gusts.
  [[nodiscard]] float wind() const;

 private:
  friend core::Result<World> parse_world(const std::string&, const std::string&, const std::string&,
                                         PanelTexts);
  struct State;
  explicit World(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Loads `worlds/ID/world.toml` below `assets` (default: `core::assets_folder()`) and builds its geometry.
/// Errors: an unknown id (the known ones are named), or every mistake in the file with its line.
[[nodiscard]] core::Result<World> load_world(const std::string& id, PanelTexts texts = {},
                                             const std::filesystem::path& assets = {});

/// The same of the text of a world's file that is there already: who makes many worlds of it makes the same
/// ones, whatever happens to the file meanwhile. @param file  names it in errors.
[[nodiscard]] core::Result<World> parse_world(const std::string& id, const std::string& text,
                                              const std::string& file, PanelTexts texts = {});
/// Where a world's file is; `assets` as above.
[[nodiscard]] std::filesystem::path world_file(const std::string& id,
                                               const std::filesystem::path& assets = {});

/// Ids of the worlds this build can show, sorted.
[[nodiscard]] std::vector<std::string> world_ids();

}  // namespace attune::scene
