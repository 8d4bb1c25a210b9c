"""The names that Northmere's people are made of. Put together they belong to nobody known to us."""

from __future__ import annotations

_STAFF_FIRST = """
Amara Bilal Carys Dmitri Efua Farida Gethin Hana Idris Jaswinder Kwame Leila Maeve Nikhil Orla Priya Quentin
Ruaridh Sunita Tomasz Ursula Vikram Wendeline Xiomara Yusuf Zainab Anjali Bronagh Cedric Delyth Emeka Fionnuala
Gurpreet Hamza Imogen Jolanta Kofi Lorcan Mirela Nasreen
"""
_STAFF_LAST = """
Abara Achterberg Adewunmi Ainscough Aldercott Amankwah Bagshawe Balakrishnan Barzani Blenkinsop Bojarski
Bracewell Chaudhary Clitheroe Crompthwaite Dabrowska Dalgliesh Demetriou Dhaliwal Dubicki Eckersley Egwuonwu
Enderby Eshun Fairbrass Fazakerley Featherby Gbadebo Gilmartin Goonetilleke Gorzynski Hallworth Haworthe
Heskethorn Hussaini Igbinedion Illingworth Jagger-Osei Jeyaraj Kaczmarek Kenworthy Khatun Kittiwong Kowalczuk
Lathom-Rae Leszczyk Lonsdaler Macpherrin Mahmoodi Makinwa Mbatha Molyneaux Mukherji Naidoo Ngozichukwu Nuttaller
Oduya Ollerenshaw Osbaldeston Padayachee Pemberthy Pilkingworth Quarmby Quashie Rahimzadeh Ramsbothom Rigbye
Sandiford Satchithan Scarisbrick Shufflebotham Sivaraman Skelmerdine Stankiewicz Tattersallow Thackwray Tetteh
Uddin-Marsh Unsworthy Varghese Venkatesh Wachira Warburtonne Whalleigh Wolstencroft Yeboah-Holt Yoxallen
Zawadzki Zeller-Amin
"""
_CHILD_FIRST = """
Aleksy Bethan Callum Deja Eliza Fabian Ginevra Hamish Inaya Joaquin Keziah Luca Milly Noor Oskar Poppy Rafe
Saoirse Tariq Una Veronika Wesley Ximena Yara Zachary Aoife Benicio Cerys Darragh Esme
"""
_CHILD_LAST = """
Ackroydon Bamberly Cawthray Dunkerleigh Entwhistler Farnworthy Gaskelline Hindleyford Inskipp Jellicow Kershawe
Lumbard Mawdsleigh Norcliffe Openshaws Pendleburn Ravensdale Singletone Tyldesworth Ulverscroft Vickerstaffe
Whittingslow Yarnolde Zuckermantle Adomakoh Bhattacharjee Czarnecki Domanska Eguavoen Faridoon
"""
STAFF_FIRST = tuple(_STAFF_FIRST.split())
STAFF_LAST = tuple(_STAFF_LAST.split())
CHILD_FIRST = tuple(_CHILD_FIRST.split())
CHILD_LAST = tuple(_CHILD_LAST.split())
