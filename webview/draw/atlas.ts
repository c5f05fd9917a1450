/** Where the tiles of one picture lie, in device pixels. Tiles run row by row; a picture that is too tall for one canvas is cut into bands. */
export interface Atlas {
  /** Magnification of one value, a whole number a side; 1 where `reduce` is above 1. */
  readonly zoomX: number;
  readonly zoomY: number;
  /** One pixel stands for the mean of this many values a side. */
  readonly reduce: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** From one tile's left edge to the next one's. */
  readonly pitchX: number;
  readonly pitchY: number;
  readonly columns: number;
  /** Tiles that are drawn, from the first on. */
  readonly count: number;
  readonly bands: readonly Band[];
}

export interface Band {
  /** Index of the band's first tile. */
  readonly first: number;
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

export interface AtlasSpec {
  /** Values of one map. */
  readonly width: number;
  readonly height: number;
  /** Maps there are. */
  readonly count: number;
  /** Maps that may be drawn. */
  readonly limit: number;
  readonly zoomX: number;
  readonly zoomY: number;
  readonly reduce: number;
  /** Room between tiles; `gapY` includes what is written between rows. */
  readonly gapX: number;
  readonly gapY: number;
  /** Room for a whole row of tiles. At least one tile is drawn in a row, however narrow it is. */
  readonly available: number;
  /** The longest side a canvas may have. */
  readonly maxSide: number;
  /** A tile takes this much room at least, whatever its own width. */
  readonly minWidth?: number;
  /** The highest a band may be, where that is less than `maxSide`. */
  readonly bandHeight?: number;
}

export const layOut = (spec: AtlasSpec): Atlas => {
  const tileWidth = Math.ceil(spec.width / spec.reduce) * spec.zoomX;
  const tileHeight = Math.ceil(spec.height / spec.reduce) * spec.zoomY;
  const pitchX = Math.max(tileWidth, spec.minWidth ?? 0) + spec.gapX;
  const pitchY = tileHeight + spec.gapY;
  const count = Math.max(1, Math.min(spec.count, spec.limit));
  const room = Math.min(spec.available, spec.maxSide);
  const columns = Math.max(1, Math.min(count, Math.floor((room + spec.gapX) / pitchX)));
  const rowsInBand = Math.max(1, Math.floor((Math.min(spec.maxSide, spec.bandHeight ?? spec.maxSide) + spec.gapY) / pitchY));
  const bands: Band[] = [];
  for (let first = 0; first < count; first += rowsInBand * columns) {
    const tiles = Math.min(rowsInBand * columns, count - first);
    const rows = Math.ceil(tiles / columns);
    bands.push({ first, count: tiles, width: columns * pitchX - spec.gapX, height: rows * pitchY - spec.gapY });
  }
  const { zoomX, zoomY, reduce } = spec;
  return { zoomX, zoomY, reduce, tileWidth, tileHeight, pitchX, pitchY, columns, count, bands };
};

/** The left upper corner of a tile in its band. */
export const tileCorner = (atlas: Atlas, band: Band, tile: number): { readonly x: number; readonly y: number } => {
  const index = tile - band.first;
  return { x: (index % atlas.columns) * atlas.pitchX, y: Math.floor(index / atlas.columns) * atlas.pitchY };
};

/** The tile under a pixel of a band, and the pixel's place in that tile; undefined between tiles. */
export const tileUnder = (
  atlas: Omit<Atlas, 'bands'>,
  band: Pick<Band, 'first' | 'count'>,
  x: number,
  y: number,
): { readonly tile: number; readonly x: number; readonly y: number } | undefined => {
  const [column, row] = [Math.floor(x / atlas.pitchX), Math.floor(y / atlas.pitchY)];
  const [inX, inY] = [x - column * atlas.pitchX, y - row * atlas.pitchY];
  const index = row * atlas.columns + column;
  const inside = x >= 0 && y >= 0 && column < atlas.columns && inX < atlas.tileWidth && inY < atlas.tileHeight && index < band.count;
  return inside ? { tile: band.first + index, x: inX, y: inY } : undefined;
};

/** Magnification, or reduction, that brings `size` values near `target` pixels and never above it. */
export const fit = (size: number, target: number): { readonly zoom: number; readonly reduce: number } =>
  size <= target ? { zoom: Math.max(1, Math.floor(target / size)), reduce: 1 } : { zoom: 1, reduce: Math.ceil(size / target) };
