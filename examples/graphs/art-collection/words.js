/** What people call things of art, beside the names that the ontology has. `ask` and `search` understand these words. */
export const words = {
  en: {
    kinds: {
      Artwork: ['work', 'works', 'work of art', 'works of art', 'piece', 'picture', 'pictures'],
      Artist: ['painter', 'painters', 'sculptor', 'sculptors'],
      Movement: ['art movement', 'style', 'school'],
      Subject: ['motif', 'theme'],
      Medium: ['material', 'technique'],
    },
    relations: {
      MADE_BY: ['made by', 'painted by', 'made', 'make', 'makes', 'paint', 'painted', 'create', 'created', 'creator'],
      DEPICTS: ['show', 'shows', 'showing', 'depict', 'depicts', 'depicting'],
      MADE_OF: ['made of', 'made from'],
      EXEMPLIFIES: ['in the style of', 'belong to'],
      ASSOCIATED_WITH: ['associated with', 'belong to', 'belonged to', 'members of'],
      BORN_IN: ['born', 'born in'],
      DIED_IN: ['died', 'die', 'died in'],
      ACTIVE_IN: ['worked in', 'active in', 'worked'],
      COLLABORATED_WITH: ['worked with', 'worked together with', 'collaborated with'],
      LIES_IN: ['lie in', 'lies in', 'part of'],
    },
    properties: {
      'Artwork.heightMm': ['height', 'high', 'higher', 'tall', 'taller'],
      'Artwork.widthMm': ['width', 'wide', 'wider'],
      'Artist.bornYear': ['birth', 'birth year'],
      'Artist.diedYear': ['die', 'death', 'year of death'],
    },
    values: {
      'Gender.FEMALE': ['women', 'woman'],
      'Gender.MALE': ['men'],
      'Classification.WORK_ON_PAPER': ['drawing', 'drawings', 'works on paper'],
      'Dating.APPROXIMATE': ['uncertain', 'uncertain date', 'uncertainly dated', 'approximate date'],
      'Acquisition.PURCHASED': ['bought'],
      'Acquisition.PRESENTED': ['given', 'donated'],
      'ArtistRole.ATTRIBUTED_TO': ['attributed', 'attributed to'],
      'PlaceType.INHABITED_PLACE': ['city', 'cities', 'town', 'village'],
    },
  },
};
