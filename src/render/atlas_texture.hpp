#pragma once

#include "render/font.hpp"
#include "render/resources.hpp"

namespace attune::render {

/// The atlas' picture on the GPU, with smaller versions for text seen from afar. Waits for the upload.
[[nodiscard]] Image upload_atlas(const Device& device, const GlyphAtlas& atlas);

}  // namespace attune::render
